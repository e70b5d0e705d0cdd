package dev.countersign.published;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.published.PublishedPom.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What whoever depends on the library gets along with it. */
class PublishedPomIT {
  private static final Path INSTALLED =
      Path.of("target", "it-repository", "dev", "countersign", "countersign");

  private final byte[] xml =
      PublishedJar.library().read("META-INF/maven/dev.countersign/countersign/pom.xml");
  private final PublishedPom pom = PublishedPom.parse(xml);

  @Test
  void saysWhatItIsAndNothingOfItsBuild() {
    assertThat(pom.elements())
        .containsExactlyInAnyOrder(
            "modelVersion",
            "groupId",
            "artifactId",
            "version",
            "name",
            "description",
            "licenses",
            "dependencies");
    assertThat(pom.text("name")).isEqualTo("Countersign");
  }

  @Test
  void requiresWhatTheLibraryNeeds() {
    assertThat(pom.dependencies())
        .filteredOn(dependency -> !dependency.optional())
        .extracting(Dependency::name)
        .containsExactlyInAnyOrder(
            "org.springframework.boot:spring-boot-starter",
            "io.temporal:temporal-sdk",
            "net.bytebuddy:byte-buddy",
            "com.squareup.okhttp3:okhttp-jvm",
            "com.nimbusds:oauth2-oidc-sdk",
            "com.google.crypto.tink:tink",
            "com.fasterxml.jackson.core:jackson-databind",
            "tools.jackson.core:jackson-databind",
            "org.jspecify:jspecify");
  }

  @Test
  void namesVersionsAndNoTests() {
    assertThat(pom.dependencies())
        .extracting(Dependency::version)
        .allMatch(v -> v.matches("[0-9].*"));
    assertThat(pom.dependencies()).extracting(Dependency::scope).containsOnly("compile", "runtime");
  }

  @Test
  void isWhatIsInstalledBesideTheJars() throws IOException {
    try (Stream<Path> files = Files.walk(INSTALLED)) {
      List<Path> poms = files.filter(file -> file.toString().endsWith(".pom")).toList();

      assertThat(poms).singleElement().satisfies(file -> assertThat(file).hasBinaryContent(xml));
    }
  }
}
