package dev.countersign.app.login;

import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.CibaSettings;
import dev.countersign.autoconfigure.ClientKeyProperties;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.autoconfigure.TlsProperties;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.client.ClientAssertion;
import dev.countersign.clock.RemoteClock;
import dev.countersign.clock.RemoteClocks;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * What logins have in common with approvals: the client, where both are asked for by the same one,
 * and what approvals need to know of whoever logs in.
 */
@Configuration(proxyBeanMethods = false)
class LoginClientConfiguration {

  @Bean
  LoginClaims loginClaims(LoginHintTemplate loginHint, CibaProperties ciba) {
    Set<String> names = new HashSet<>(loginHint.claims());
    names.add(ciba.settings().userClaim());
    names.remove("sub"); // every session has it
    return new LoginClaims(names);
  }

  @Bean
  LoginClient loginClient(
      HttpClients http,
      OidcProperties oidc,
      CibaProperties ciba,
      ClientKeyProperties key,
      TlsProperties tls,
      RemoteClocks clocks) {
    RemoteClock clock = clocks.of(oidc.issuer().toString());
    boolean same = ciba.isClient(oidc);
    CibaSettings settings = ciba.settings();
    return new LoginClient(
        oidc.clientId(),
        same
            ? proof(oidc, ciba, key, clock.asClock())
            : new ClientProof.AsOffered(oidc.clientSecret()),
        same && tls.hasCertificate(),
        same ? SignatureAlgorithm.from(settings.idTokenAlgorithm().name()) : null,
        ciba.isIssuer(oidc) ? http.login() : HttpClients.of(TlsProperties.NONE).login(),
        clock);
  }

  private static ClientProof proof(
      OidcProperties oidc, CibaProperties ciba, ClientKeyProperties key, Clock clock) {
    String secret = ciba.clientSecretOr(oidc.clientSecret());
    CibaSettings settings = ciba.settings();
    return switch (settings.clientAuthentication()) {
      case CLIENT_SECRET_BASIC -> new ClientProof.SecretBasic(secret);
      case CLIENT_SECRET_POST -> new ClientProof.SecretPost(secret);
      case PRIVATE_KEY_JWT -> {
        ClientAssertion assertion =
            new ClientAssertion(
                oidc.clientId(), key.key(settings), oidc.issuer().toString(), clock);
        yield new ClientProof.Assertion(assertion::signed);
      }
      case TLS_CLIENT_AUTH, SELF_SIGNED_TLS_CLIENT_AUTH -> new ClientProof.Certificate();
    };
  }
}
