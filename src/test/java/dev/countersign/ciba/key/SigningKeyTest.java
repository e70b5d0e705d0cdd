package dev.countersign.ciba.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeyTest {
  private static final Keys RSA = Keys.rsa("r1");
  private static final Keys EC = Keys.ec("e1");
  private static final JWTClaimsSet CLAIMS = new JWTClaimsSet.Builder().issuer("agent").build();

  @ParameterizedTest
  @EnumSource
  void pemAndJwkOfOneKeySignAlike(SigningAlgorithm algorithm) throws ParseException {
    Keys keys = algorithm == SigningAlgorithm.ES256 ? EC : RSA;

    for (String text : List.of(pem(keys), keys.jwk().toJSONString(), set(keys.jwk()))) {
      SigningKey key = SigningKey.read(text, null, algorithm);
      assertThat(key.algorithm()).isEqualTo(algorithm);
      assertThat(keys.verified(key.sign(CLAIMS), algorithm)).isEqualTo(CLAIMS);
    }
  }

  @Test
  void algorithmFollowsFromTheKeyUnlessItIsChosen() throws JOSEException {
    assertThat(read(pem(RSA)).algorithm()).isEqualTo(SigningAlgorithm.RS256);
    assertThat(read(pem(EC)).algorithm()).isEqualTo(SigningAlgorithm.ES256);
    assertThat(read(rsa(null, "PS256")).algorithm()).isEqualTo(SigningAlgorithm.PS256);
    assertThat(SigningKey.read(pem(RSA), null, SigningAlgorithm.PS256).algorithm())
        .isEqualTo(SigningAlgorithm.PS256);
    assertThat(SigningKey.read(rsa(null, "PS256"), null, SigningAlgorithm.PS256).algorithm())
        .isEqualTo(SigningAlgorithm.PS256);
  }

  @Test
  void keyIdIsTheOneChosenOrTheFilesOrNone() throws ParseException {
    assertThat(sentKeyId(SigningKey.read(rsa(null, null), "chosen", null))).isEqualTo("chosen");
    assertThat(sentKeyId(read(rsa(null, null)))).isEqualTo("r1");
    assertThat(sentKeyId(SigningKey.read(pem(RSA), "chosen", null))).isEqualTo("chosen");
    assertThat(sentKeyId(read(pem(RSA)))).isNull();
  }

  @Test
  void theOnePrivateKeyAmongPublicOnesAndCertificatesIsRead() {
    JWK other = Keys.rsa("r2").jwk().toPublicJWK();
    String certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    assertThat(RSA.verified(read(set(other, RSA.jwk())).sign(CLAIMS), SigningAlgorithm.RS256))
        .isEqualTo(CLAIMS);
    assertThat(
            RSA.verified(
                read(certificate + "Bag Attributes\r\n" + pem(RSA).replace("\n", "\r\n"))
                    .sign(CLAIMS),
                SigningAlgorithm.RS256))
        .isEqualTo(CLAIMS);
  }

  static Stream<Arguments> unusable() throws JOSEException, NoSuchAlgorithmException {
    String rsaPem = pem(RSA);
    return Stream.of(
        Arguments.of("", "neither PEM nor a JWK"),
        Arguments.of("s3cret", "neither PEM nor a JWK"),
        Arguments.of(rsaPem.replace("BEGIN PRIVATE", "BEGIN RSA PRIVATE"), "openssl pkcs8"),
        Arguments.of(rsaPem.replace("BEGIN PRIVATE", "BEGIN EC PRIVATE"), "is EC PRIVATE KEY"),
        Arguments.of(
            rsaPem.replace("BEGIN PRIVATE", "BEGIN ENCRYPTED PRIVATE"), "must not be encrypted"),
        Arguments.of(block("PUBLIC KEY", RSA.publicKey().getEncoded()), "none, only [PUBLIC KEY]"),
        Arguments.of(rsaPem + pem(EC), "but the file has 2"),
        Arguments.of(block("PRIVATE KEY", new byte[] {1, 2, 3}), "can't be read"),
        Arguments.of(rsaPem.replace("-----END PRIVATE KEY-----", ""), "can't be read"),
        Arguments.of(rsaPem.substring(0, 700) + "\n-----END PRIVATE KEY-----", "can't be read"),
        Arguments.of(generatedPem("Ed25519", 255), "can't be read as an RSA or EC key"),
        Arguments.of(generatedPem("RSA", 1024), "at least 2048 bits as an RSA key, but has 1024"),
        Arguments.of(generatedPem("EC", 384), "P-256 as an EC key, but is of P-384"),
        Arguments.of("{}", "can't be read as a JWK"),
        Arguments.of("{\"kty\":\"RSA\",\"d\":\"s3cret\"}", "can't be read as a JWK"),
        Arguments.of("{\"kty\":\"RSA\",\"d\":\"s3cret", "can't be read as a JWK"),
        Arguments.of("{\"keys\":[]}", "none, only 0 public"),
        Arguments.of(RSA.jwk().toPublicJWK().toJSONString(), "none, only 1 public"),
        Arguments.of(set(RSA.jwk(), EC.jwk()), "but the file has 2"),
        Arguments.of(
            new ECKeyGenerator(Curve.P_521).generate().toJSONString(), "P-256 as an EC key"),
        Arguments.of(new OctetSequenceKeyGenerator(256).generate().toJSONString(), "is oct"),
        Arguments.of(
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\","
                + "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}",
            "can't be read as an RSA or EC key"),
        Arguments.of(rsa(null, "RS512"), "RS256, PS256 or ES256"),
        Arguments.of(rsa(null, "ES256"), "is RSA and can't sign ES256"),
        Arguments.of(rsa(KeyUse.ENCRYPTION, null), "must be for signatures"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void refusesWhatIsNoUsableKeyAndShowsNothingOfIt(String text, String words) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words)
        .hasNoCause()
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("s3cret", "MII");
  }

  @ParameterizedTest
  @CsvSource({"false,ES256,is RSA and can't sign ES256", "true,PS256,is EC and can't sign PS256"})
  void refusesAnAlgorithmThatDoesNotFit(boolean ec, SigningAlgorithm algorithm, String words) {
    assertThatThrownBy(() -> SigningKey.read(pem(ec ? EC : RSA), null, algorithm))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void refusesAnotherAlgorithmThanTheFileBindsTheKeyTo() {
    assertThatThrownBy(() -> SigningKey.read(rsa(null, "RS256"), null, SigningAlgorithm.PS256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("says itself that it is for RS256, but PS256 was chosen");
  }

  @Test
  void showsNothingOfItself() {
    assertThat(SigningKey.read(pem(RSA), "k1", SigningAlgorithm.PS256))
        .hasToString("SigningKey[PS256, kid=k1]");
  }

  private static SigningKey read(String text) {
    return SigningKey.read(text, null, null);
  }

  private static @Nullable String sentKeyId(SigningKey key) throws ParseException {
    return SignedJWT.parse(key.sign(CLAIMS)).getHeader().getKeyID();
  }

  private static String rsa(@Nullable KeyUse use, @Nullable String algorithm) {
    return new RSAKey.Builder((RSAKey) RSA.jwk())
        .keyUse(use)
        .algorithm(algorithm == null ? null : JWSAlgorithm.parse(algorithm))
        .build()
        .toJSONString();
  }

  private static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(false);
  }

  private static String pem(Keys keys) {
    try {
      return block(
          "PRIVATE KEY",
          keys.jwk() instanceof ECKey ec
              ? ec.toPrivateKey().getEncoded()
              : ((RSAKey) keys.jwk()).toPrivateKey().getEncoded());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String generatedPem(String algorithm, int size) throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return block("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
  }

  private static String block(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
  }
}
