package dev.countersign.app;

import dev.countersign.app.trace.TraceVariables;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.settings.SettingNames;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Gives the environment variables of {@code docs/settings.md}, and the lines of {@code .env}, their
 * property names, and lets {@code .env} have what the environment may have. An empty variable is
 * one that isn't set, so that a filled-in copy of {@code .env.example} keeps every default. A
 * property that is set under its own name wins. An Auth0 tenant gets Auth0's profile. Tokens for a
 * shop without a name are the sample shop's, except where the provider knows APIs by their
 * addresses only (RFC 8707): there they are for whatever it says by itself.
 */
final class EnvironmentVariables
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  /** Environment variable to property; of two for one property, the first that is set counts. */
  static final Map<String, String> PROPERTIES = properties();

  private static final String PREFIX = "COUNTERSIGN_";
  private static final String SAMPLE_AUDIENCE = "sample-shop-api";

  private static Map<String, String> properties() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("OIDC_ISSUER", "countersign.oidc.issuer");
    names.put("AUTH0_DOMAIN", "countersign.oidc.issuer");
    names.put("CLIENT_ID", "countersign.oidc.client-id");
    names.put("CLIENT_SECRET", "countersign.oidc.client-secret");
    names.put("API_AUDIENCE", "countersign.api.audience");
    names.put("CIBA_PROFILE", "countersign.ciba.profile");
    names.put("CIBA_ISSUER", "countersign.ciba.issuer");
    names.put("CIBA_CLIENT_ID", "countersign.ciba.client-id");
    names.put("CIBA_CLIENT_SECRET", "countersign.ciba.client-secret");
    names.put("CIBA_CLIENT_AUTHENTICATION", "countersign.ciba.client-authentication");
    names.put("CIBA_CLIENT_KEY", "countersign.ciba.client-key.file");
    names.put("CIBA_TLS_CERT", "countersign.ciba.tls.certificate");
    names.put("CIBA_TLS_KEY", "countersign.ciba.tls.key");
    names.put("CIBA_TLS_TRUST", "countersign.ciba.tls.trust");
    names.put("CIBA_LOGIN_HINT", "countersign.ciba.login-hint");
    names.put("CIBA_USER_CLAIM", "countersign.ciba.user-claim");
    names.put("CIBA_DELIVERY_MODE", "countersign.ciba.delivery-mode");
    names.put("AUDIENCE", "countersign.approval.audience");
    names.put("SHOP_API_URL", "countersign.shop.url");
    names.put("OPENAI_API_KEY", "countersign.chat.model.api-key");
    names.put("OPENAI_BASE_URL", "countersign.chat.model.base-url");
    names.put("OPENAI_MODEL", "countersign.chat.model.name");
    names.put("COUNTERSIGN_KEYS", "countersign.keys");
    names.put("COUNTERSIGN_GUARD_USERKEY", "countersign.guard.user-key");
    names.put("TEMPORAL_ADDRESS", "countersign.temporal.address");
    names.put("TEMPORAL_NAMESPACE", "countersign.temporal.namespace");
    names.put("TEMPORAL_API_KEY", "countersign.temporal.api-key");
    names.put("TEMPORAL_TLS_CERT", "countersign.temporal.tls.certificate");
    names.put("TEMPORAL_TLS_KEY", "countersign.temporal.tls.key");
    names.put("TEMPORAL_TLS_TRUST", "countersign.temporal.tls.trust");
    names.put("TEMPORAL_TLS_SERVER_NAME", "countersign.temporal.tls.server-name");
    names.put("SERVER_PORT", "server.port");
    names.put("MANAGEMENT_SERVER_PORT", "countersign.management-port"); // application.yaml reads it
    return names;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    addTo(event.getEnvironment());
  }

  void addTo(ConfigurableEnvironment environment) {
    environment
        .getPropertySources()
        .addAfter(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                "countersign-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                variablesOfFiles(environment)));
    Map<String, Object> found = new LinkedHashMap<>();
    PROPERTIES.forEach((variable, property) -> {
      String value = value(environment, variable);
      if (value != null) {
        found.putIfAbsent(property, value);
      }
    });
    if (value(environment, "AUTH0_DOMAIN") != null
        && value(environment, "OIDC_ISSUER") == null
        && value(environment, "CIBA_ISSUER") == null) {
      found.putIfAbsent("countersign.ciba.profile", "auth0");
    }
    environment
        .getPropertySources()
        .addLast(new MapPropertySource(SettingNames.SHORT_NAMES, found));
    TraceVariables traces = traces(environment);
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("countersignTraces", traces.properties()));
    if (!CibaProperties.namesApisByAddress(Binder.get(environment))) {
      environment
          .getPropertySources()
          .addLast(
              new MapPropertySource(
                  "countersignSampleShop",
                  Map.of("countersign.approval.audience", SAMPLE_AUDIENCE)));
    }
  }

  /** Those of OpenTelemetry, which other programs on this machine may read too. */
  static TraceVariables traces(ConfigurableEnvironment environment) {
    return TraceVariables.of(name -> value(environment, name));
  }

  /** {@code COUNTERSIGN_APPROVAL_BURST}, say: Spring reads such names in the environment only. */
  private static Map<String, Object> variablesOfFiles(ConfigurableEnvironment environment) {
    Map<String, Object> variables = new LinkedHashMap<>();
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> names
          && !(source instanceof SystemEnvironmentPropertySource)) {
        for (String name : names.getPropertyNames()) {
          Object value = source.getProperty(name);
          if (name.startsWith(PREFIX)
              && !PROPERTIES.containsKey(name)
              && value != null
              && !value.toString().isBlank()) {
            variables.putIfAbsent(name, value);
          }
        }
      }
    }
    return variables;
  }

  /** The first value that isn't empty: an empty line of {@code .env} hides no default. */
  static @Nullable String value(ConfigurableEnvironment environment, String variable) {
    return environment.getPropertySources().stream()
        .map(source -> source.getProperty(variable))
        .filter(value -> value != null && !value.toString().isBlank())
        .findFirst()
        .map(value -> value.toString().strip())
        .map(value -> variable.equals("AUTH0_DOMAIN") ? "https://" + value + "/" : value)
        .orElse(null);
  }

  /** After {@code application.yaml} and the {@code .env} that it imports have been read. */
  @Override
  public int getOrder() {
    return EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER + 1;
  }
}
