package dev.countersign.app.login;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the page tells its users beside their conversations.
 *
 * @param embedded the services that only stand in for real ones; the development services set it
 */
@ConfigurationProperties("countersign.page")
public record PageProperties(@DefaultValue({}) List<EmbeddedService> embedded) {
  private static final Set<String> SERVICES = Set.of("model", "tenant", "shop", "temporal");
  private static final Set<String> SCHEMES = Set.of("http", "https");

  public PageProperties {
    embedded = List.copyOf(embedded);
    for (EmbeddedService each : embedded) {
      if (!SERVICES.contains(each.service())) {
        throw new IllegalArgumentException(
            "countersign.page.embedded[].service must be model, tenant, shop or temporal, but is \""
                + each.service()
                + "\".");
      }
      if (each.url() != null && !SCHEMES.contains(String.valueOf(each.url().getScheme()))) {
        throw new IllegalArgumentException(
            "countersign.page.embedded[].url must be an http or https URL, but is \""
                + each.url()
                + "\".");
      }
    }
  }
}
