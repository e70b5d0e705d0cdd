package dev.countersign;

import dev.countersign.approval.ApprovalActivitiesImpl;
import dev.countersign.approval.DurableStore;
import dev.countersign.approval.HeartbeatTicker;
import dev.countersign.approval.PollingSettings;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.ClientAuthentication;
import dev.countersign.ciba.ClientSecret;
import dev.countersign.ciba.ClientSettings;
import dev.countersign.ciba.Discovery;
import dev.countersign.ciba.DiscoveryException;
import dev.countersign.ciba.HttpBackchannelClient;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.ProviderMetadata;
import dev.countersign.ciba.ResourceParameter;
import dev.countersign.ciba.SigningAlgorithm;
import dev.countersign.security.OidcProperties;
import dev.countersign.vault.Vault;
import java.time.Clock;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Approvals by the identity provider of the settings. */
@Configuration(proxyBeanMethods = false)
class ApprovalConfiguration {
  private static final Logger log = LoggerFactory.getLogger(ApprovalConfiguration.class);

  /** How long start-up waits for a provider that can't be reached. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  OkHttpClient okHttpClient() {
    return new OkHttpClient();
  }

  @Bean
  Vault vault(KeysProperties keys) {
    return keys.vault();
  }

  @Bean
  BackchannelClient backchannelClient(
      OkHttpClient http, CibaProperties ciba, OidcProperties oidc, Clock clock) {
    String issuer = oidc.issuer().toString();
    ClientSecret secret = new ClientSecret(oidc.clientSecret());
    ClientAuthentication authentication =
        switch (ciba.clientAuthentication()) {
          case CLIENT_SECRET_POST ->
              new ClientAuthentication.ClientSecretPost(oidc.clientId(), secret);
          case CLIENT_SECRET_BASIC ->
              new ClientAuthentication.ClientSecretBasic(oidc.clientId(), secret);
        };
    return new HttpBackchannelClient(
        http,
        discovered(http, issuer),
        new ClientSettings(
            authentication, ResourceParameter.AUDIENCE, null, SigningAlgorithm.RS256, null),
        clock);
  }

  private static ProviderMetadata discovered(OkHttpClient http, String issuer) {
    log.info("Approvals are asked for at {}", issuer);
    try {
      return new Discovery(http, issuer).discover(PATIENCE);
    } catch (DiscoveryException e) {
      throw new InvalidSettingException(e.getMessage() + " (OIDC_ISSUER or AUTH0_DOMAIN).");
    }
  }

  @Bean
  LoginHintTemplate loginHintTemplate(CibaProperties ciba, OidcProperties oidc) {
    return new LoginHintTemplate(ciba.loginHint(), oidc.issuer().toString());
  }

  @Bean
  HeartbeatTicker heartbeatTicker() {
    return new HeartbeatTicker();
  }

  @Bean
  ApprovalActivitiesImpl approvalActivities(
      BackchannelClient client,
      Vault vault,
      LoginHintTemplate loginHint,
      DurableStore store,
      HeartbeatTicker ticker,
      ApprovalProperties approval,
      CibaProperties ciba,
      Clock clock) {
    return new ApprovalActivitiesImpl(
        client,
        vault,
        loginHint,
        store,
        ticker,
        new PollingSettings(approval.burst(), ciba.requestsPerSecond(), null, null, null),
        clock);
  }
}
