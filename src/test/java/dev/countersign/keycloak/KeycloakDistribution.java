package dev.countersign.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.springframework.util.FileSystemUtils;

/**
 * The unpacked distribution. Keycloak writes into its own directory when it starts, so each build
 * has a copy, which keeps the one-time work of the first start until {@code clean}.
 */
final class KeycloakDistribution {
  private static final String SETTING = "countersign.keycloak.home";
  private static final Path COPY = Path.of("target", "keycloak", "home").toAbsolutePath();

  /** The realm of {@code docker-compose.yml}'s demo, whose name the tests' own realm has. */
  private static final Path DEMO = Path.of("deploy", "demo", "realm.json");

  private static final String DEMO_NAME = "\"realm\": \"countersign\"";

  private KeycloakDistribution() {}

  /** A home with the realm to import and without any data of an earlier run. */
  static Path freshHome() {
    String unpacked = System.getProperty(SETTING);
    if (unpacked == null) {
      throw new IllegalStateException(
          "Tests with Keycloak run with ./mvnw verify -Pkeycloak, which unpacks it and sets "
              + SETTING);
    }
    Path original = Path.of(unpacked);
    if (!Files.isExecutable(original.resolve("bin/kc.sh"))) {
      throw new IllegalStateException(
          "There is no Keycloak in " + original + ": delete its parent directory, and build again");
    }
    try {
      copy(original);
      FileSystemUtils.deleteRecursively(COPY.resolve("data"));
      Path realm = COPY.resolve("data/import/realm.json");
      Files.createDirectories(realm.getParent());
      try (InputStream source =
          KeycloakDistribution.class.getResourceAsStream("/keycloak/realm.json")) {
        Files.copy(Objects.requireNonNull(source), realm);
      }
      Files.writeString(realm.resolveSibling("demo.json"), demo());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return COPY;
  }

  /** Beside the tests' own realm, which has users of the same ids. */
  private static String demo() throws IOException {
    return Files.readString(DEMO)
        .replace(DEMO_NAME, "\"realm\": \"" + Keycloak.DEMO + "\"")
        .replaceAll("\"id\": \"[0-9a-f-]{36}\",\\s*", "");
  }

  private static void copy(Path original) throws IOException {
    Path version = Path.of("version.txt");
    if (Files.exists(COPY.resolve(version))
        && Files.mismatch(COPY.resolve(version), original.resolve(version)) == -1) {
      return;
    }
    Path unfinished = COPY.resolveSibling("unfinished");
    FileSystemUtils.deleteRecursively(COPY);
    FileSystemUtils.deleteRecursively(unfinished);
    Files.createDirectories(unfinished);
    try (var files = Files.walk(original)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            unfinished.resolve(original.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(unfinished, COPY);
  }
}
