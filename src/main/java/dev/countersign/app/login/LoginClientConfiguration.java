package dev.countersign.app.login;

import dev.countersign.app.api.IssuerRequests;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.ClientKeyProperties;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.autoconfigure.TlsProperties;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.clock.RemoteClock;
import dev.countersign.clock.RemoteClocks;
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
    return new LoginClient(
        same
            ? new LoginAuthentication.AsForApprovals(ciba.authentication(oidc, key))
            : bySecret(oidc),
        same && tls.hasCertificate(),
        same ? SignatureAlgorithm.from(ciba.settings().idTokenAlgorithm().name()) : null,
        IssuerRequests.client(http, oidc, ciba),
        clock);
  }

  private static LoginAuthentication bySecret(OidcProperties oidc) {
    return oidc.clientSecret().isEmpty()
        ? new LoginAuthentication.None(oidc.clientId())
        : new LoginAuthentication.AsOffered(oidc.clientId(), new ClientSecret(oidc.clientSecret()));
  }
}
