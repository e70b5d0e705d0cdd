package dev.countersign.ciba.grant;

import static dev.countersign.ciba.grant.IdTokens.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.PlainJWT;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck.Invalid;
import dev.countersign.ciba.GrantCheck.Valid;
import dev.countersign.ciba.http.Provider;
import dev.countersign.ciba.key.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one algorithm that the settings name, with a key that the provider publishes for it. */
class IdTokenSignatureTest {
  private static final String NOT_BY_A_KEY = "is not signed by one of the provider's RS256 keys";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void validWithTheChosenAlgorithmOnly(SigningAlgorithm chosen) {
    JWK ec = IdTokens.ecKey("ec");
    for (SigningAlgorithm used : SigningAlgorithm.values()) {
      JWK key = used == SigningAlgorithm.ES256 ? ec : KEY;
      publish(KEY, ec);

      assertThat(
              IdTokens.check(
                  provider.client(Provider.settings(Provider.POST, chosen)),
                  IdTokens.signed(used.jws(), key)))
          .matches(check ->
              used == chosen
                  ? check instanceof Valid
                  : check.equals(invalid("is signed with " + used + ", not with " + chosen)));
    }
  }

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void atHashCountsWithEachAlgorithm(SigningAlgorithm algorithm) {
    JWK key = algorithm == SigningAlgorithm.ES256 ? IdTokens.ecKey("k1") : KEY;
    publish(key);
    BackchannelClient client = provider.client(Provider.settings(Provider.POST, algorithm));

    assertThat(IdTokens.check(client, hashed(algorithm, key, IdTokens.AT_HASH)))
        .isInstanceOf(Valid.class);
    assertThat(IdTokens.check(client, hashed(algorithm, key, "another")))
        .isEqualTo(invalid("belongs to another access token (at_hash)"));
  }

  @Test
  void invalidWhenThePublicKeyIsTakenForASharedSecret() throws JOSEException {
    byte[] encoded = KEY.toRSAPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
            + "\n-----END PUBLIC KEY-----\n";

    assertInvalid(hmac(encoded), "is signed with HS256, not with RS256");
    assertInvalid(
        hmac(pem.getBytes(StandardCharsets.US_ASCII)), "is signed with HS256, not with RS256");
  }

  @Test
  void invalidWithASharedSecretThoughItIsPublished() throws JOSEException {
    byte[] secret = new byte[32];

    assertInvalid(
        hmac(secret),
        "is signed with HS256, not with RS256",
        new OctetSequenceKey.Builder(secret)
            .keyID("k1")
            .algorithm(JWSAlgorithm.HS256)
            .build()
            .toJSONString());
  }

  @Test
  void invalidWithoutASignature() throws JOSEException {
    assertInvalid(new PlainJWT(IdTokens.claims(unchanged -> {})).serialize(), "is not signed");

    EncryptedJWT encrypted =
        new EncryptedJWT(
            new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM),
            IdTokens.claims(unchanged -> {}));
    encrypted.encrypt(new RSAEncrypter(KEY));
    assertInvalid(encrypted.serialize(), "is not signed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "", "a.b.c", "eyJhbGciOiJSUzI1NiJ9.e30", "bnVsbA.e30.AAAA"})
  void invalidWhenItIsNoJwt(String idToken) {
    assertInvalid(idToken, "is no JWT");
  }

  @Test
  void invalidWhenItHoldsNoClaims() throws JOSEException {
    JWSObject text =
        new JWSObject(new JWSHeader.Builder(JWSAlgorithm.RS256).build(), new Payload("secret"));
    text.sign(new RSASSASigner(KEY));

    assertInvalid(text.serialize(), "holds no claims");
  }

  @Test
  void invalidWhenItDemandsAnExtension() {
    assertInvalid(
        header(header -> header.criticalParams(Set.of("exp")).customParam("exp", 1)),
        "demands an extension that is not supported (crit)");
    assertInvalid(
        header(header -> header.criticalParams(Set.of("b64")).base64URLEncodePayload(true)),
        "demands an extension that is not supported (crit)");
  }

  @Test
  void invalidWhenItIsAnotherKindOfJwt() {
    assertInvalid(
        header(header -> header.type(new JOSEObjectType("at+jwt"))), "is a JWT of the kind at+jwt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwt", "JWT", ""})
  void validWhateverTheCaseOfItsKind(String type) {
    publish(KEY);

    assertThat(
            IdTokens.check(
                provider.client(),
                header(header -> header.type(type.isEmpty() ? null : new JOSEObjectType(type)))))
        .isInstanceOf(Valid.class);
  }

  @Test
  void validWithoutAKeyId() {
    publish(IdTokens.rsaKey("k0"), KEY);

    assertThat(IdTokens.check(provider.client(), header(header -> header.keyID(null))))
        .isInstanceOf(Valid.class);
  }

  @Test
  void invalidWhenSignedByAnotherKeyOfThatName() {
    assertInvalid(IdTokens.signed(JWSAlgorithm.RS256, IdTokens.rsaKey("k1")), NOT_BY_A_KEY);
  }

  @Test
  void invalidWhenItBringsItsOwnKey() {
    RSAKey own = IdTokens.rsaKey("k1");

    assertInvalid(
        IdTokens.signed(
            JWSAlgorithm.RS256, own, header -> header.jwk(own.toPublicJWK()), unchanged -> {}),
        NOT_BY_A_KEY);
  }

  @Test
  void invalidWhenTheSignatureOrAClaimWasChanged() {
    String[] parts = IdTokens.valid().split("\\.", -1);
    String otherClaims = IdTokens.with(claims -> claims.claim("x", 1)).split("\\.", -1)[1];

    assertInvalid(parts[0] + "." + otherClaims + "." + parts[2], NOT_BY_A_KEY);
    assertInvalid(parts[0] + "." + parts[1] + "." + otherClaims, NOT_BY_A_KEY);
  }

  @Test
  void invalidWhenTheKeyIsPublishedForSomethingElse() {
    RSAKey forEncryption = new RSAKey.Builder(KEY).keyUse(KeyUse.ENCRYPTION).build();
    RSAKey forPs256 = new RSAKey.Builder(KEY).algorithm(JWSAlgorithm.PS256).build();

    for (JWK key : List.of(forEncryption, forPs256, IdTokens.ecKey("k1"))) {
      publish(key);
      publish(key); // none fits, so they are fetched anew

      assertThat(IdTokens.check(provider.client(), IdTokens.valid()))
          .isEqualTo(invalid(NOT_BY_A_KEY));
    }
  }

  @Test
  void validWhenTheKeyIsPublishedForThisAmongOthers() {
    publish(
        new RSAKey.Builder(IdTokens.rsaKey("k1")).keyUse(KeyUse.ENCRYPTION).build(),
        new RSAKey.Builder(KEY).algorithm(JWSAlgorithm.RS256).build());

    assertThat(IdTokens.check(provider.client(), IdTokens.valid())).isInstanceOf(Valid.class);
  }

  private void assertInvalid(String idToken, String fault) {
    assertInvalid(idToken, fault, KEY.toPublicJWK().toJSONString());
  }

  /** Published is this one key; the message holds no part of the token. */
  private void assertInvalid(String idToken, String fault, String key) {
    provider.answers(200, "{\"keys\":[" + key + "]}");

    assertThat(IdTokens.check(provider.client(), idToken)).isEqualTo(invalid(fault));
  }

  private void publish(JWK... keys) {
    provider.answers(200, IdTokens.published(keys));
  }

  private static Invalid invalid(String fault) {
    return new Invalid("The ID token " + fault + ".");
  }

  private static String header(Consumer<JWSHeader.Builder> change) {
    return IdTokens.signed(JWSAlgorithm.RS256, KEY, change, unchanged -> {});
  }

  private static String hashed(SigningAlgorithm algorithm, JWK key, String hash) {
    return IdTokens.signed(
        algorithm.jws(), key, unchanged -> {}, claims -> claims.claim("at_hash", hash));
  }

  private static String hmac(byte[] secret) throws JOSEException {
    return IdTokens.signed(
        JWSAlgorithm.HS256, "k1", new MACSigner(secret), unchanged -> {}, unchanged -> {});
  }
}
