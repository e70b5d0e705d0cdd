package dev.countersign.ciba.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Base64;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PublishedSigningKeyTest {
  private static String pem(ECKey key) throws Exception {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.toECPrivateKey().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @RepeatedTest(5)
  void findsThePublicPartOfAPemThatLacksIt() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();

    PublishedSigningKey read = PublishedSigningKey.read(pem(key));

    ECKey told = (ECKey) JWK.parse(read.publicPart());
    assertThat(told.isPrivate()).isFalse();
    assertThat(told.toECPublicKey()).isEqualTo(key.toECPublicKey());
    assertThat(told.getKeyID()).isEqualTo(key.getKeyID());
    SignedJWT jwt =
        SignedJWT.parse(read.sign("x+jwt", new JWTClaimsSet.Builder().claim("a", 1).build()));
    assertThat(jwt.verify(new ECDSAVerifier(key.toPublicJWK()))).isTrue();
    assertThat(jwt.getHeader().getType().getType()).isEqualTo("x+jwt");
    assertThat(jwt.getHeader().getKeyID()).isEqualTo(key.getKeyID());
  }

  @Test
  void keepsTheIdOfAJwk() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("2026").generate();

    assertThat(PublishedSigningKey.read(key.toJSONString()).publicPart())
        .containsEntry("kid", "2026")
        .containsEntry("alg", "ES256")
        .containsEntry("use", "sig")
        .doesNotContainKey("d");
  }

  @Test
  void takesNoOtherKey() throws Exception {
    String rsa = new RSAKeyGenerator(2048).generate().toJSONString();
    String open = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK().toJSONString();
    String large = new ECKeyGenerator(Curve.P_384).generate().toJSONString();

    for (String text : new String[] {rsa, open, large, "-----BEGIN PRIVATE KEY-----", "{}"}) {
      assertThatThrownBy(() -> PublishedSigningKey.read(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
