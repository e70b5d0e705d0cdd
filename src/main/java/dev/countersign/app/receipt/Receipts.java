package dev.countersign.app.receipt;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.countersign.app.api.ApiProperties;
import dev.countersign.app.api.ProblemException;
import dev.countersign.approval.ApprovalEvidence;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.ciba.GrantFacts;
import dev.countersign.ciba.key.PublishedSigningKey;
import dev.countersign.guard.CallEvidence;
import dev.countersign.guard.EvidenceAnswer;
import dev.countersign.guard.RunWitness;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Signs what is known of approved calls: who approved, what, when, and what came of it. Only what
 * this application had sealed when it happened is told as a fact; of the outcome, {@code witnessed}
 * says whether it is one.
 */
public final class Receipts {
  /** Of the JWTs, in their header {@code typ}. */
  static final String TYPE = "countersign-receipt+jwt";

  private final @Nullable PublishedSigningKey key;
  private final List<Map<String, Object>> earlier;
  private final String issuer;
  private final String loginIssuer;
  private final Clock clock;

  /**
   * By the keys of the settings.
   *
   * @param clock dates receipts
   */
  Receipts(ReceiptProperties settings, ApiProperties api, OidcProperties oidc, Clock clock) {
    this.key = settings.signingKey().orElse(null);
    this.earlier = settings.earlierPublicKeys();
    this.issuer = api.audience();
    this.loginIssuer = oidc.issuer().toString();
    this.clock = clock;
  }

  /** The public parts of all keys as a JWK set (RFC 7517 5). */
  Map<String, Object> keys() {
    Stream<Map<String, Object>> current = key == null ? Stream.of() : Stream.of(key.publicPart());
    return Map.of("keys", Stream.concat(current, earlier.stream()).toList());
  }

  /**
   * The receipt of a call: a JWT.
   *
   * @param id the call's
   * @throws ProblemException 404 if there is none, 409 if the call has not ended
   */
  public String of(String id, EvidenceAnswer answer) {
    if (key == null) {
      throw new ProblemException(
          HttpStatus.NOT_FOUND,
          "No receipts are signed here: the operator has set no key (countersign.receipts.key).");
    }
    return switch (answer) {
      case EvidenceAnswer.Kept(var evidence) -> key.sign(TYPE, claims(evidence));
      case EvidenceAnswer.GoesOn(var status) ->
          throw new ProblemException(
              HttpStatus.CONFLICT,
              id + " is " + status + ": there is a receipt once it has ended.");
      case EvidenceAnswer.None() ->
          throw new ProblemException(
              HttpStatus.NOT_FOUND, "There is no approval of " + id + " to be shown.");
    };
  }

  private JWTClaimsSet claims(CallEvidence evidence) {
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("id", evidence.ended().id());
    call.put("tool", evidence.ended().tool());
    call.put("message", evidence.message());
    put(call, "authorization_details", details(evidence.authorizationDetails()));
    call.put("arguments_sha256", evidence.argumentsDigest());
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .issueTime(Date.from(clock.instant()))
        .subject(evidence.userID())
        .claim("call", call)
        .claim("approval", approval(evidence.approval()))
        .claim("outcome", outcome(evidence))
        .build();
  }

  private Map<String, Object> approval(ApprovalEvidence approval) {
    GrantFacts facts = approval.facts();
    Map<String, Object> said = new LinkedHashMap<>();
    put(said, "asked_at", seconds(approval.askedAt()));
    put(said, "approved_at", seconds(approval.approvedAt()));
    said.put("issuer", facts.issuer() == null ? loginIssuer : facts.issuer());
    put(said, "subject", facts.subject());
    put(said, "auth_time", seconds(facts.authenticatedAt()));
    put(said, "acr", facts.acr());
    put(said, "amr", facts.amr().isEmpty() ? null : facts.amr());
    put(said, "token_jti", facts.tokenId());
    return said;
  }

  private static Map<String, Object> outcome(CallEvidence evidence) {
    RunWitness run = evidence.run();
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("status", evidence.ended().status().name());
    put(outcome, "ended_at", seconds(evidence.ended().endedAt()));
    outcome.put("witnessed", run != null);
    if (run != null) {
      outcome.put("run", run.number());
      put(outcome, "begun_at", seconds(run.begunAt()));
      put(outcome, "done_at", seconds(run.doneAt()));
    }
    return outcome;
  }

  private static void put(Map<String, Object> object, String name, @Nullable Object value) {
    if (value != null) {
      object.put(name, value);
    }
  }

  private static @Nullable Object details(@Nullable String json) {
    try {
      return json == null ? null : JSONArrayUtils.parse(json);
    } catch (ParseException e) {
      return json;
    }
  }

  /** As JWTs have times (RFC 7519 2). */
  private static @Nullable Long seconds(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond();
  }
}
