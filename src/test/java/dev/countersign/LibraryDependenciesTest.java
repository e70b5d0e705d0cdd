package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the library uses comes with it: a host that has neither web nor security must not miss a
 * class. What is optional is used only where the host is known to have it.
 */
class LibraryDependenciesTest {
  private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");

  /** First names of packages, and what brings them. */
  private static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry("com.fasterxml.jackson", "com.fasterxml.jackson.core:jackson-databind"),
          Map.entry("tools.jackson", "tools.jackson.core:jackson-databind"),
          Map.entry("io.temporal", "io.temporal:temporal-sdk"),
          Map.entry("io.grpc", "io.temporal:temporal-sdk"),
          Map.entry("com.google.common", "io.temporal:temporal-sdk"),
          Map.entry("io.micrometer", "io.temporal:temporal-sdk"),
          Map.entry("com.uber.m3", "io.temporal:temporal-sdk"),
          Map.entry("com.google.protobuf", "io.temporal:temporal-sdk"),
          Map.entry("com.google.crypto.tink", "com.google.crypto.tink:tink"),
          Map.entry("com.nimbusds", "com.nimbusds:oauth2-oidc-sdk"),
          Map.entry("net.bytebuddy", "net.bytebuddy:byte-buddy"),
          Map.entry("okhttp3", "com.squareup.okhttp3:okhttp-jvm"),
          Map.entry("okio", "com.squareup.okhttp3:okhttp-jvm"),
          Map.entry("org.jspecify", "org.jspecify:jspecify"),
          Map.entry("org.slf4j", "org.springframework.boot:spring-boot-starter"),
          Map.entry("org.springframework", "org.springframework.boot:spring-boot-starter"));

  /** Names of packages that a host may lack, and where the library uses them all the same. */
  private static final Map<String, Set<String>> OPTIONAL =
      Map.of(
          "dev.langchain4j", Set.of("langchain4j", "autoconfigure"),
          "io.micrometer.tracing", Set.of("tracing"),
          "org.springframework.ai", Set.of("springai", "autoconfigure"),
          "jakarta.validation", Set.of("autoconfigure"),
          "org.springframework.security", Set.of("autoconfigure"),
          "org.springframework.boot.health", Set.of("temporal", "metrics", "autoconfigure"),
          "org.springframework.boot.actuate", Set.of("temporal"),
          "org.springframework.http", Set.of("ping"),
          "org.springframework.web", Set.of("ping"),
          "jakarta.servlet", Set.of("ping"));

  private static boolean isBelow(String name, String packageName) {
    return name.startsWith(packageName + ".");
  }

  private static Set<String> used() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.countersign")
            .stream()
            .filter(type -> !isBelow(type.getName(), "dev.countersign.app"))
            .filter(type -> !isBelow(type.getName(), "dev.countersign.devservices"))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> !isOptionalThere(dependency))
            .map(dependency -> target(dependency.getTargetClass()))
            .filter(name -> !isBelow(name, "java") && !isBelow(name, "javax"))
            .filter(name -> !isBelow(name, "dev.countersign") && name.contains("."))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String target(JavaClass type) {
    return type.getBaseComponentType().getName();
  }

  private static boolean isOptionalThere(Dependency dependency) {
    String from = dependency.getOriginClass().getPackageName();
    return OPTIONAL.entrySet().stream()
        .filter(optional -> isBelow(target(dependency.getTargetClass()), optional.getKey()))
        .anyMatch(optional ->
            optional.getValue().stream().anyMatch(home -> from.equals("dev.countersign." + home)));
  }

  private static Set<String> brought() throws Exception {
    return DEPENDENCY
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .map(MatchResult::group)
        .filter(dependency -> !dependency.contains("<optional>true"))
        .filter(dependency -> !dependency.contains("<scope>"))
        .map(dependency -> element(dependency, "groupId") + ":" + element(dependency, "artifactId"))
        .collect(Collectors.toSet());
  }

  private static String element(String xml, String name) {
    return xml.replaceAll("(?s).*<" + name + ">(.*?)</" + name + ">.*", "$1").strip();
  }

  @Test
  void areBroughtOrOptional() throws Exception {
    Set<String> brought = brought();

    assertThat(used())
        .hasSizeGreaterThan(50)
        .allSatisfy(name ->
            assertThat(REQUIRED.entrySet())
                .as(name)
                .anyMatch(required ->
                    isBelow(name, required.getKey())
                        && OPTIONAL.keySet().stream().noneMatch(optional -> isBelow(name, optional))
                        && brought.contains(required.getValue())));
  }
}
