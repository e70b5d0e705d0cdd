package dev.countersign.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import dev.countersign.devservices.tenant.IdentityTenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Beside an application of which only its settings count; Temporal is always another one. */
class StandInsTest {
  private static final String ELSEWHERE = "--countersign.temporal.address=localhost:1";

  /** As Boot says it of a test: free ports, and nothing is kept. */
  private static final String TEST =
      "--org.springframework.boot.test.context.SpringBootTestContextBootstrapper=true";

  @Configuration(proxyBeanMethods = false)
  @Import(CountersignDevelopmentServices.class)
  static class Host {}

  @Test
  void winOverWhatTheApplicationsFilesSayOfRealServers() {
    try (ConfigurableApplicationContext host =
        host(List.of("countersign.oidc.issuer=https://id.example.com"), TEST, ELSEWHERE)) {
      Environment settings = host.getEnvironment();
      IdentityTenant tenant = host.getBean(IdentityTenant.class);

      assertThat(settings.getProperty("countersign.oidc.issuer")).isEqualTo(tenant.issuer());
      assertThat(settings.getProperty("countersign.oidc.client-id")).isEqualTo(tenant.clientId());
      assertThat(settings.getProperty("countersign.ciba.profile")).isEqualTo("auth0");
      assertThat(settings.getProperty("countersign.keys")).startsWith("dev:");
      assertThat(settings.getProperty("countersign.guard.user-key")).isNotBlank();
      assertThat(host.getBean(StandIns.class).tenant()).isSameAs(tenant);
    }
  }

  @Test
  void giveTokensForTheAudienceThatTheApplicationAsksFor() throws Exception {
    try (ConfigurableApplicationContext host =
        host(
            List.of("spring.security.oauth2.resourceserver.jwt.audiences=bank"), TEST, ELSEWHERE)) {
      String token = host.getBean(IdentityTenant.class).apiToken("alice");
      assertThat(SignedJWT.parse(token).getJWTClaimsSet().getAudience()).containsExactly("bank");
    }
  }

  @Test
  void callTheApplicationByItsName() throws Exception {
    try (ConfigurableApplicationContext named =
            host(List.of("spring.application.name=transfers"), TEST, ELSEWHERE);
        ConfigurableApplicationContext unnamed = host(List.of(), TEST, ELSEWHERE)) {
      assertThat(loginPage(named)).contains("Sign in to transfers");
      assertThat(loginPage(unnamed)).contains("Sign in to Your application");
    }
  }

  private static String loginPage(ConfigurableApplicationContext host) throws Exception {
    URI page = URI.create(host.getBean(IdentityTenant.class).issuer() + "login");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void sayWhichFolderCannotBeWritten(@TempDir Path folder) throws Exception {
    Files.createFile(folder.resolve("build"));
    assertThatIllegalStateException()
        .isThrownBy(() -> StandInSettings.wellKnown(folder, _ -> null))
        .withMessageContaining(folder.resolve("build").toString())
        .withMessageContaining("Make it a directory that this user may write");
  }

  @Test
  void giveWayToWhatIsSetFromOutside() {
    try (ConfigurableApplicationContext host =
        host(
            List.of(),
            TEST,
            ELSEWHERE,
            "--countersign.oidc.issuer=https://id.example.com",
            "--countersign.keys=k1:mine")) {
      Environment settings = host.getEnvironment();

      assertThat(settings.getProperty("countersign.oidc.issuer"))
          .isEqualTo("https://id.example.com");
      assertThat(settings.getProperty("countersign.oidc.client-id")).isNull();
      assertThat(settings.getProperty("countersign.temporal.address")).isEqualTo("localhost:1");
      assertThat(settings.getProperty("countersign.keys")).isEqualTo("k1:mine");
      assertThat(host.getBeanNamesForType(IdentityTenant.class)).isEmpty();
      assertThatIllegalStateException()
          .isThrownBy(host.getBean(StandIns.class)::tenant)
          .withMessageContaining("countersign.oidc.issuer");
    }
  }

  @Test
  void endWithTheApplication() {
    ConfigurableApplicationContext first = host(List.of(), TEST, ELSEWHERE);
    int port = first.getBean(IdentityTenant.class).port();
    first.close();

    try (ConfigurableApplicationContext second =
        host(List.of("TENANT_PORT=" + port), ELSEWHERE)) { // its port is free again
      assertThat(second.getBean(IdentityTenant.class).port()).isEqualTo(port);
    }
  }

  @Test
  void sayWhichPortIsTaken() {
    try (ConfigurableApplicationContext first = host(List.of(), TEST, ELSEWHERE)) {
      int taken = first.getBean(IdentityTenant.class).port();

      assertThatThrownBy(() -> host(List.of("TENANT_PORT=" + taken), ELSEWHERE))
          .hasRootCauseInstanceOf(java.net.BindException.class)
          .hasStackTraceContaining("Port " + taken + " of the identity tenant is taken")
          .hasStackTraceContaining("TENANT_PORT");
    }
  }

  @Test
  void areArgumentsOfAnApplicationThatIsStartedByHand() {
    try (StandIns standIns =
        StandIns.start(
            property -> property.equals("countersign.temporal.address") ? "localhost:1" : null,
            StandInSettings.temporary())) {
      assertThat(standIns.arguments("--server.port=0"))
          .contains("--countersign.oidc.issuer=" + standIns.tenant().issuer(), "--server.port=0")
          .noneMatch(argument -> argument.contains("countersign.temporal"));
    }
  }

  @Test
  void aDeveloperIsToldWhereThePhoneIs() {
    try (StandIns standIns =
        StandIns.start(
            property -> property.equals("countersign.temporal.address") ? "localhost:1" : null,
            StandInSettings.temporary())) {
      assertThat(standIns.welcome())
          .contains(standIns.tenant().issuer() + "phone?user=alice")
          .contains(
              "TOKEN=$(curl -s -X POST '%sdev/token?user=alice')"
                  .formatted(standIns.tenant().issuer()))
          .doesNotContain("Temporal");
    }
  }

  /**
   * Starts one.
   *
   * @param files what {@code application.yaml} might say
   */
  private static ConfigurableApplicationContext host(List<String> files, String... arguments) {
    return new SpringApplicationBuilder(Host.class)
        .web(WebApplicationType.NONE)
        .properties(files.toArray(String[]::new))
        .properties("spring.config.location=optional:file:target/none/", "logging.level.root=warn")
        .run(arguments);
  }
}
