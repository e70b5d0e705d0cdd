package dev.countersign.autoconfigure;

import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.http.HttpBackchannelClient;
import dev.countersign.ciba.provider.CapabilityCheck;
import dev.countersign.ciba.provider.Discovery;
import dev.countersign.ciba.provider.DiscoveryException;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.clock.RemoteClock;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.http.CallWatcher;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.settings.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The identity provider that asks users, and this application as its client. */
@AutoConfiguration
@ConditionalOnCountersign
public class CibaAutoConfiguration {
  private static final Logger log = LoggerFactory.getLogger(CibaAutoConfiguration.class);

  private static final String CHOICES =
      "It is chosen by CIBA_PROFILE, or else by CIBA_CLIENT_AUTHENTICATION, CIBA_DELIVERY_MODE,"
          + " countersign.ciba.client-key.algorithm, countersign.ciba.signed-requests and"
          + " countersign.ciba.id-token-algorithm.";

  /** How long start-up waits for a provider that can't be reached. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Bean
  HttpClients countersignHttpClients(TlsProperties tls, ObjectProvider<CallWatcher> watchers) {
    return HttpClients.of(tls, watchers.orderedStream().toList());
  }

  @Bean
  @ConditionalOnMissingBean
  LoginHintTemplate countersignLoginHintTemplate(CibaProperties ciba, OidcProperties oidc) {
    try {
      return new LoginHintTemplate(ciba.settings().loginHint(), issuer(ciba, oidc));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          "countersign.ciba.login-hint (CIBA_LOGIN_HINT) " + e.getMessage() + ".");
    }
  }

  @Bean
  @ConditionalOnMissingBean
  BackchannelClient countersignBackchannelClient(
      HttpClients http,
      CibaProperties ciba,
      ClientKeyProperties key,
      TlsProperties tls,
      OidcProperties oidc,
      RemoteClocks clocks) {
    ClientSettings settings = clientSettings(ciba, key, oidc);
    RemoteClock clock = clocks.of(issuer(ciba, oidc));
    ProviderMetadata metadata = discovered(http, issuer(ciba, oidc), clock);
    List<String> faults =
        CapabilityCheck.faults(
            metadata, settings, ciba.deliveryMode(), tls.hasCertificate(), ciba.userCodes());
    if (!faults.isEmpty()) {
      throw new InvalidSettingException(String.join("\n", faults) + "\n" + CHOICES);
    }
    return new HttpBackchannelClient(
        http.provider(),
        tls.hasCertificate() ? metadata.forClientCertificate() : metadata,
        settings,
        clock);
  }

  private static String issuer(CibaProperties ciba, OidcProperties oidc) {
    return Objects.requireNonNullElse(ciba.issuer(), oidc.issuer()).toString();
  }

  private static ClientSettings clientSettings(
      CibaProperties ciba, ClientKeyProperties key, OidcProperties oidc) {
    CibaSettings settings = ciba.settings();
    return new ClientSettings(
        ciba.authentication(oidc, key),
        settings.resourceParameter(),
        settings.signedRequests()
            ? new RequestSigning(key.key(settings), ciba.requestLifetime())
            : null,
        settings.idTokenAlgorithm(),
        ciba.idTokenRequired());
  }

  private static ProviderMetadata discovered(HttpClients http, String issuer, RemoteClock clock) {
    log.info("Approvals are asked for at {}", issuer);
    try {
      return new Discovery(http.provider(), issuer, clock).discover(PATIENCE);
    } catch (DiscoveryException e) {
      throw new InvalidSettingException(
          e.getMessage() + " (OIDC_ISSUER, AUTH0_DOMAIN or CIBA_ISSUER).");
    }
  }
}
