package dev.countersign.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in which jar. */
class JarsIT {
  private static final PublishedJar LIBRARY = PublishedJar.library();
  private static final PublishedJar APPLICATION = PublishedJar.classified("exec");
  private static final PublishedJar DEVSERVICES = PublishedJar.classified("devservices");

  @Test
  void libraryHasNothingOfTheApplication() {
    assertThat(LIBRARY.names())
        .contains("dev/countersign/guard/RequiresApproval.class")
        .allMatch(name -> name.startsWith("dev/countersign/") || name.startsWith("META-INF/"))
        .noneMatch(name -> name.startsWith("dev/countersign/app/"))
        .noneMatch(name -> name.startsWith("dev/countersign/devservices/"));
  }

  @Test
  void applicationHasTheLibrary() {
    assertThat(APPLICATION.names())
        .contains("BOOT-INF/classes/static/index.html", "BOOT-INF/classes/application.yaml")
        .filteredOn(name -> !name.startsWith("BOOT-INF/") && !name.startsWith("META-INF/"))
        .allMatch(name ->
            name.startsWith("org/springframework/boot/loader/")
                || name.equals("dev/countersign/launcher/Launcher.class"));
    assertThat(APPLICATION.names())
        .containsAll(
            LIBRARY.names().stream()
                .filter(name -> name.endsWith(".class"))
                .map("BOOT-INF/classes/"::concat)
                .toList());
  }

  /** Tools that look for vulnerabilities see nothing else. */
  @Test
  void sbomListsEachJarOfTheApplication() {
    Sbom.assumeBuilt();
    Sbom sbom = Sbom.parse(APPLICATION.read(Sbom.NAME));
    List<String> jars =
        APPLICATION.names().stream()
            .filter(name -> name.startsWith("BOOT-INF/lib/"))
            .map(name -> name.substring("BOOT-INF/lib/".length(), name.length() - ".jar".length()))
            .filter(jar -> !jar.startsWith("spring-boot-jarmode-tools-")) // Boot's plugin adds it
            .toList();

    assertThat(jars).hasSizeGreaterThan(100);
    assertThat(sbom.components()).containsAll(jars);
    assertThat(sbom.components())
        .filteredOn(component -> !jars.contains(component))
        .filteredOn(component -> !component.startsWith("spring-boot-starter-")) // empty jars
        .allMatch(
            component -> component.matches("(spring-ai-model|langchain4j|opennlp-tools)-[0-9.]+"));
  }

  /** Neither of where this was built, nor of where its dependencies are uploaded to. */
  @Test
  void sbomNamesNoRepository() {
    Sbom.assumeBuilt();

    assertThat(Sbom.parse(APPLICATION.read(Sbom.NAME)).document().findValuesAsText("type"))
        .isNotEmpty()
        .noneMatch(type -> type.startsWith("distribution"));
  }

  @Test
  void sbomIsTheSameForTheSameDependencies() {
    Sbom.assumeBuilt();
    Sbom sbom = Sbom.parse(APPLICATION.read(Sbom.NAME));

    assertThat(sbom.document().at("/metadata").has("timestamp")).isFalse();
    assertThat(sbom.document().at("/metadata/component/name").asText()).isEqualTo("countersign");
  }

  /** A host's own would be hidden behind it. */
  @Test
  void libraryHasNoSbom() {
    assertThat(LIBRARY.names()).noneMatch(name -> name.startsWith("META-INF/sbom/"));
    assertThat(DEVSERVICES.names()).noneMatch(name -> name.startsWith("META-INF/sbom/"));
  }

  @Test
  void devservicesHaveNoTests() {
    assertThat(DEVSERVICES.names())
        .contains("dev/countersign/devservices/tenant/IdentityTenant.class")
        .allMatch(name ->
            name.startsWith("dev/countersign/devservices/")
                || name.startsWith("devservices/")
                || name.startsWith("META-INF/"))
        .noneMatch(name -> name.matches(".*(Test|IT)(\\$.*)?\\.class"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups", "properties"})
  void settingsAreDescribedWhereTheyAreRead(String items) {
    Predicate<JsonNode> isOfTheApplication =
        item -> item.path("sourceType").asText().startsWith("dev.countersign.app.");
    List<JsonNode> all = settings(APPLICATION, items);

    assertThat(all).anyMatch(isOfTheApplication);
    assertThat(settings(LIBRARY, items))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(isOfTheApplication.negate()).toList());
  }

  @Test
  void strangersGetTheLibraryAlone() {
    PublishedJar bank = new PublishedJar(Path.of("target", "it", "bank", "target", "bank.jar"));
    Stream<String> ours = bank.names().stream().filter(name -> name.contains("countersign"));

    assertThat(ours)
        .singleElement()
        .satisfies(name -> assertThat(LIBRARY.file()).hasBinaryContent(bank.read(name)));
  }

  private static List<JsonNode> settings(PublishedJar jar, String items) {
    try {
      JsonNode metadata =
          new ObjectMapper().readTree(jar.read("META-INF/spring-configuration-metadata.json"));
      return StreamSupport.stream(metadata.path(items).spliterator(), false).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
