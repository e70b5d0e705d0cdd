package dev.countersign.app;

import dev.countersign.app.api.ApiProperties;
import dev.countersign.app.api.OperatorProperties;
import dev.countersign.app.chat.budget.BudgetProperties;
import dev.countersign.app.chat.model.ModelProperties;
import dev.countersign.app.codec.CodecServerProperties;
import dev.countersign.app.edge.EdgeProperties;
import dev.countersign.app.events.StreamProperties;
import dev.countersign.app.login.PageProperties;
import dev.countersign.app.login.SessionProperties;
import dev.countersign.app.purchase.ShopProperties;
import dev.countersign.app.receipt.ReceiptProperties;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.GuardProperties;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.autoconfigure.PlaintextProperties;
import dev.countersign.settings.BoundSettings;
import dev.countersign.settings.CheckedSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** The settings that only the application has, checked with those of the library. */
@Configuration(proxyBeanMethods = false)
class AppSettings {
  private static final String AUDIENCE_OF_APPROVALS = "countersign.approval.audience";

  @Bean
  static CheckedSettings applicationSettings(ConfigurableEnvironment environment) {
    return new CheckedSettings(
        List.of(
            ApiProperties.class,
            EdgeProperties.class,
            ShopProperties.class,
            SessionProperties.class,
            PageProperties.class,
            ModelProperties.class,
            BudgetProperties.class,
            StreamProperties.class,
            CodecServerProperties.class,
            ReceiptProperties.class,
            OperatorProperties.class),
        List.of("countersign.env-file", "countersign.management-port"), // application.yaml has them
        settings -> {
          List<String> faults = new ArrayList<>(keyFaults(settings));
          faults.addAll(codecServerFaults(settings));
          faults.addAll(audienceFaults(settings));
          faults.addAll(plaintextFaults(settings));
          faults.addAll(EnvironmentVariables.traces(environment).faults());
          faults.addAll(new MisspeltVariables(environment).sentences());
          return faults;
        });
  }

  private static List<String> codecServerFaults(BoundSettings settings) {
    Set<String> ofUsers =
        Stream.of("countersign.api.audience", "countersign.oidc.client-id", AUDIENCE_OF_APPROVALS)
            .map(settings::property)
            .collect(Collectors.toCollection(HashSet::new));
    settings.get(ApiProperties.class).map(ApiProperties::audience).ifPresent(ofUsers::add);
    return settings
        .get(CodecServerProperties.class)
        .flatMap(server -> server.fault(ofUsers))
        .stream()
        .toList();
  }

  /** An ID token's audience is the client: it must not be what the API takes for its own. */
  private static List<String> audienceFaults(BoundSettings settings) {
    String audience = settings.get(ApiProperties.class).map(ApiProperties::audience).orElse("");
    Optional<String> login = settings.get(OidcProperties.class).map(OidcProperties::clientId);
    Optional<String> approvals =
        settings
            .get(CibaProperties.class)
            .map(ciba -> Objects.requireNonNullElse(ciba.clientId(), ""));
    return Stream.of(login, approvals)
            .flatMap(Optional::stream)
            .anyMatch(client -> !client.isEmpty() && client.equals(audience))
        ? List.of(
            "countersign.api.audience (API_AUDIENCE) and the client id (CLIENT_ID or"
                + " CIBA_CLIENT_ID) must differ, but both are \""
                + audience
                + "\": ID tokens, which name the client as their audience, would be mistaken for"
                + " tokens to the API. Give the API an audience of its own at the identity"
                + " provider.")
        : List.of();
  }

  /** What users say, and what the model has them asked, travels to the model and back. */
  private static List<String> plaintextFaults(BoundSettings settings) {
    return settings
        .get(PlaintextProperties.class)
        .flatMap(plaintext ->
            settings
                .get(ModelProperties.class)
                .map(model -> URI.create(String.valueOf(model.baseUrl())))
                .filter(address -> "http".equals(address.getScheme()))
                .map(address ->
                    plaintext.faults(
                        "OPENAI_BASE_URL (countersign.chat.model.base-url)",
                        address.getHost(),
                        "Set it to an https address")))
        .orElse(List.of());
  }

  /** A library may have nothing to guard; this application has. */
  private static List<String> keyFaults(BoundSettings settings) {
    return settings
        .get(GuardProperties.class)
        .filter(guard -> guard.userKey().isBlank())
        .map(_ -> List.of(GuardProperties.NO_USER_KEY))
        .orElse(List.of());
  }
}
