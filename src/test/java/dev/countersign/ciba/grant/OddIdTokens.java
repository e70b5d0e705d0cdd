package dev.countersign.ciba.grant;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.countersign.answers.Dice;
import dev.countersign.answers.OddJson;
import dev.countersign.answers.OddText;
import dev.countersign.ciba.http.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** ID tokens that are good, forged, of something else, or written oddly. */
public final class OddIdTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RSAKey FOREIGN = IdTokens.rsaKey("k1");
  private static final Duration LONG = Duration.ofDays(2);

  private static final List<Consumer<JWTClaimsSet.Builder>> WRONG =
      List.of(
          claims -> claims.issuer("https://another.example.com/"),
          claims -> claims.issuer(null),
          claims -> claims.audience("another"),
          claims -> claims.audience(List.of()),
          claims -> claims.audience(List.of(Provider.CLIENT_ID, "another")),
          claims -> claims.claim("aud", 5),
          claims -> claims.subject("mallory"),
          claims -> claims.subject(null),
          claims -> claims.claim("sub", List.of("auth0|alice")),
          claims -> claims.claim("sub_verified", false),
          claims -> claims.expirationTime(IdTokens.at(Provider.NOW.minus(LONG))),
          claims -> claims.expirationTime(null),
          claims -> claims.claim("exp", "9999999999"),
          claims -> claims.issueTime(IdTokens.at(Provider.NOW.minus(LONG))),
          claims -> claims.issueTime(IdTokens.at(Provider.NOW.plus(LONG))),
          claims -> claims.issueTime(null),
          claims -> claims.notBeforeTime(IdTokens.at(Provider.NOW.plus(LONG))),
          claims -> claims.claim("azp", "another"),
          claims -> claims.claim("at_hash", "another"),
          claims -> claims.claim("urn:openid:params:jwt:claim:auth_req_id", "another"));

  private static final List<Consumer<JWTClaimsSet.Builder>> HARMLESS =
      List.of(
          claims -> claims.claim("at_hash", IdTokens.AT_HASH),
          claims -> claims.claim("azp", Provider.CLIENT_ID),
          claims -> claims.claim("auth_time", 1e300),
          claims -> claims.claim("auth_time", "yesterday"),
          claims -> claims.claim("auth_time", Long.MIN_VALUE),
          claims -> claims.claim("acr", List.of(1)),
          claims -> claims.claim("acr", "a".repeat(5_000)),
          claims -> claims.claim("amr", "pwd"),
          claims -> claims.claim("amr", Collections.nCopies(500, "pwd")),
          claims -> claims.claim("sub_verified", true),
          claims -> claims.claim("x", "a\u0000\u202e"),
          claims -> {});

  private OddIdTokens() {}

  /** Whether one may count as the user's word. */
  public enum Verdict {
    /** It is the provider's, and says what it must. */
    GOOD,
    /** It isn't. */
    BAD,
    /** Who knows: it is signed by the provider, and written oddly. */
    EITHER
  }

  /** One of them. */
  public record OddIdToken(String text, Verdict verdict) {}

  /** Any. */
  public static OddIdToken of(Dice dice) {
    try {
      return dice.oneIn(3) ? good(dice) : odd(dice);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static OddIdToken good(Dice dice) {
    return new OddIdToken(IdTokens.with(dice.oneOf(HARMLESS)), Verdict.GOOD);
  }

  private static OddIdToken odd(Dice dice) throws JOSEException {
    return switch (dice.below(10)) {
      case 0 -> bad(new PlainJWT(IdTokens.claims(_ -> {})).serialize());
      case 1 -> bad(byPublicKey(dice));
      case 2 -> bad(IdTokens.signed(JWSAlgorithm.RS256, FOREIGN));
      case 3 -> bad(ofParts(dice));
      case 4, 5 -> bad(IdTokens.with(dice.oneOf(WRONG)));
      case 6 -> bad(ofHeader(dice));
      case 7 -> bad(dice.oneIn(2) ? new OddText(dice).any() : IdTokens.valid() + ".a");
      case 8 -> new OddIdToken(ofClaims(dice), Verdict.EITHER);
      default -> new OddIdToken(ofOddHeader(dice), Verdict.EITHER);
    };
  }

  private static OddIdToken bad(String text) {
    return new OddIdToken(text, Verdict.BAD);
  }

  private static String byPublicKey(Dice dice) throws JOSEException {
    return IdTokens.signed(
        dice.oneOf(JWSAlgorithm.HS256, JWSAlgorithm.HS384),
        "k1",
        new MACSigner(IdTokens.KEY.toRSAPublicKey().getEncoded()),
        _ -> {},
        _ -> {});
  }

  /** A token that was taken apart. */
  private static String ofParts(Dice dice) {
    String[] parts = IdTokens.valid().split("\\.", -1);
    String other = IdTokens.with(claims -> claims.subject("mallory")).split("\\.", -1)[1];
    return switch (dice.below(7)) {
      case 0 -> parts[0] + "." + other + "." + parts[2];
      case 1 -> parts[0] + "." + parts[1] + ".";
      case 2 -> parts[0] + "." + parts[1];
      case 3 -> parts[0] + "." + parts[1] + "." + parts[2].substring(dice.below(30) + 1);
      case 4 -> parts[0] + "." + parts[1] + "." + "A".repeat(dice.below(600));
      case 5 -> parts[0] + "." + parts[1].substring(4) + "." + parts[2];
      default -> Base64URL.encode("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2];
    };
  }

  private static String ofHeader(Dice dice) {
    return switch (dice.below(3)) {
      case 0 ->
          IdTokens.signed(
              JWSAlgorithm.RS256, FOREIGN, header -> header.jwk(FOREIGN.toPublicJWK()), _ -> {});
      case 1 ->
          IdTokens.signed(
              JWSAlgorithm.RS256,
              IdTokens.KEY,
              header -> header.criticalParams(Set.of("exp")).customParam("exp", 1),
              _ -> {});
      default ->
          IdTokens.signed(
              JWSAlgorithm.RS256,
              IdTokens.KEY,
              header -> header.type(new JOSEObjectType("logout+jwt")),
              _ -> {});
    };
  }

  private static String ofClaims(Dice dice) throws JOSEException {
    return signed(
        "{\"alg\":\"RS256\",\"kid\":\"k1\"}",
        new OddJson(dice).of(tree(IdTokens.claims(dice.oneOf(HARMLESS)).toString())));
  }

  private static String ofOddHeader(Dice dice) throws JOSEException {
    return signed(
        new OddJson(dice)
            .of(tree("{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"JWT\",\"x5t\":\"a\"}")),
        IdTokens.claims(_ -> {}).toString());
  }

  private static String signed(String header, String claims) throws JOSEException {
    String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
    return input
        + "."
        + new RSASSASigner(IdTokens.KEY)
            .sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(UTF_8));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
