package dev.countersign.devservices;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Starts the stand-ins while configuration classes are read: before conditions of an
 * auto-configuration ask for settings.
 */
final class StandInsImport implements ImportSelector {
  private static final String SETTINGS = "countersignDevelopmentServices";

  /** Boot sets it where it starts an application for a test. */
  private static final String IS_TEST =
      "org.springframework.boot.test.context.SpringBootTestContextBootstrapper";

  private static final String UNNAMED = "Your application";
  private static final String AUDIENCES = "spring.security.oauth2.resourceserver.jwt.audiences";

  /** What a tenant is made of, and its artifact. */
  private static final Map<String, String> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put(
        "org.apache.catalina.startup.Tomcat", "org.springframework.boot:spring-boot-starter-web");
    NEEDED.put(
        "org.springframework.security.oauth2.server.authorization.client.RegisteredClient",
        "org.springframework.security:spring-security-oauth2-authorization-server");
  }

  private final ConfigurableEnvironment environment;
  private final DefaultListableBeanFactory beans;

  StandInsImport(Environment environment, BeanFactory beans) {
    this.environment = (ConfigurableEnvironment) environment;
    this.beans = (DefaultListableBeanFactory) beans;
  }

  @Override
  public String[] selectImports(AnnotationMetadata importer) {
    if (!environment.getPropertySources().contains(SETTINGS)) {
      requireArtifacts();
      start();
    }
    return new String[0];
  }

  private void start() {
    boolean test = environment.getProperty(IS_TEST, boolean.class, false);
    OuterSettings outer = new OuterSettings(environment);
    StandIns standIns;
    try {
      StandInSettings places =
          test
              ? StandInSettings.temporary()
              : StandInSettings.wellKnown(Path.of(""), environment::getProperty);
      places = places.withClientName(environment.getProperty("spring.application.name", UNNAMED));
      standIns =
          StandIns.start(outer::value, audience().map(places::withApiAudience).orElse(places));
    } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
      throw new StandInFailure(e);
    }
    standIns.closeAfterSpring(SpringApplication.getShutdownHandlers());
    beans.registerDisposableBean("countersignStandIns", standIns::close); // as the last of all
    beans.registerSingleton("countersignStandIns", standIns);
    if (standIns.settings().containsKey("countersign.oidc.issuer")) {
      beans.registerSingleton("countersignTenant", standIns.tenant());
    }
    if (!test) {
      beans.registerSingleton("countersignWelcome", welcome(standIns));
    }
    environment
        .getPropertySources()
        .addAfter(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new MapPropertySource(SETTINGS, Map.copyOf(standIns.settings())));
  }

  /** Of the tokens that the application accepts, if it says so. */
  private Optional<String> audience() {
    return Binder.get(environment)
        .bind(AUDIENCES, Bindable.listOf(String.class))
        .orElse(List.of())
        .stream()
        .findFirst();
  }

  private static ApplicationListener<ApplicationReadyEvent> welcome(StandIns standIns) {
    return new ApplicationListener<>() { // its event must be seen in its type, as in no lambda's
      @Override
      public void onApplicationEvent(ApplicationReadyEvent event) {
        System.out.println(standIns.welcome());
      }
    };
  }

  private static void requireArtifacts() {
    NEEDED.forEach((type, artifact) -> {
      if (!ClassUtils.isPresent(type, StandInsImport.class.getClassLoader())) {
        throw new StandInFailure(
            "Countersign's development services need %s: add it with the scope test."
                .formatted(artifact));
      }
    });
  }
}
