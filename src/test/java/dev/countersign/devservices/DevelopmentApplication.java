package dev.countersign.devservices;

import dev.countersign.app.CountersignApplication;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the application with nothing configured: what the environment or {@code .env} doesn't name
 * is embedded. This is what {@code ./mvnw spring-boot:test-run} runs.
 */
public final class DevelopmentApplication {
  static final Path DATA = Path.of("target", "dev");

  private DevelopmentApplication() {}

  public static void main(String[] args) {
    // quiet until the application sets its own logging up: what matters is printed
    LoggingSystem.get(DevelopmentApplication.class.getClassLoader()).beforeInitialize();
    Configured configured = Configured.here();
    DevelopmentServices services;
    try {
      services = DevelopmentServices.start(configured, DATA);
    } catch (IllegalStateException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    Embedded embedded = services.embedded();
    SpringApplication.getShutdownHandlers()
        .add(services::close); // after the application has closed
    SpringApplicationBuilder application =
        CountersignApplication.builder()
            .properties(services.settings())
            .properties(embedded.page())
            .initializers((ConfigurableApplicationContext starting) ->
                starting
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("embeddedClient", services.client())));
    application.sources(DemoBankConfiguration.class);
    if (embedded.model()) {
      application.sources(OfflineModelConfiguration.class);
    }
    ConfigurableApplicationContext context = application.run(args);
    String port = context.getEnvironment().getProperty("local.server.port");
    System.out.println(embedded.welcome("http://localhost:" + port));
  }
}
