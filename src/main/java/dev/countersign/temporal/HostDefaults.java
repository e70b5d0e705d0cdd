package dev.countersign.temporal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Takes from the host's own settings what ours don't say: the server of its Temporal starter, and
 * its name. Comes before the settings are checked, and after whatever else may set them.
 */
final class HostDefaults implements BeanFactoryPostProcessor, Ordered {
  private static final String OURS = "countersign.temporal.";
  private static final String STARTER = "spring.temporal.";

  /** The starter's word for a server on this machine. */
  private static final String LOCAL = "local";

  /** Our setting to the starter's; one server's key is for no other server. */
  private static final Map<String, String> CONNECTION =
      Map.of(
          "address", "connection.target",
          "namespace", "namespace",
          "api-key", "connection.api-key",
          "tls.enabled", "connection.enable-https",
          "tls.certificate", "connection.mtls.cert-chain-file",
          "tls.key", "connection.mtls.key-file",
          "tls.server-name", "connection.mtls.server-name");

  private final ConfigurableEnvironment environment;

  HostDefaults(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    Map<String, Object> found = new LinkedHashMap<>();
    if (value(OURS + "address") == null) {
      CONNECTION.forEach((ours, starters) -> add(found, ours, value(STARTER + starters)));
      found.replace(OURS + "address", LOCAL, "127.0.0.1:7233");
    }
    add(found, "task-queue-prefix", value("spring.application.name"));
    environment.getPropertySources().addLast(new MapPropertySource("countersignOfHost", found));
  }

  private static void add(Map<String, Object> found, String ours, @Nullable String value) {
    if (value != null) {
      found.put(OURS + ours, value);
    }
  }

  /** Null: it isn't set, or empty. */
  private @Nullable String value(String name) {
    String value = environment.getProperty(name);
    return value == null || value.isBlank() ? null : value;
  }

  @Override
  public int getOrder() {
    return 0; // the check of the settings has no order, and comes later
  }
}
