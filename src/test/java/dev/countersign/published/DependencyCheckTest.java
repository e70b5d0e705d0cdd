package dev.countersign.published;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look for known vulnerabilities never passes for lack of knowing them. */
@SuppressWarnings("NullAway.Init")
class DependencyCheckTest {
  private static final int FOUND = 1;
  private static final int UNKNOWN = 3;

  @TempDir private Path folder;
  private Path programs;
  private Path sbom;

  private record Ended(int code, String output) {}

  @BeforeEach
  void prepare() throws IOException {
    programs = Files.createDirectory(folder.resolve("programs"));
    sbom = Files.writeString(folder.resolve("application.cdx.json"), "{}");
  }

  @Test
  void passesWhereNothingIsKnown() throws IOException {
    scannerThat("echo No vulnerabilities found", 0);

    assertThat(check(sbom)).isEqualTo(new Ended(0, "No vulnerabilities found\n"));
  }

  @Test
  void failsForWhatIsKnown() throws IOException {
    scannerThat("echo \"$1: netty-codec GHSA-1234 High\"", 2);

    Ended ended = check(sbom);

    assertThat(ended.code()).isEqualTo(FOUND);
    assertThat(ended.output()).startsWith("sbom:" + sbom).contains("netty-codec GHSA-1234 High");
  }

  @Test
  void saysThatItCantKnowOffline() throws IOException {
    scannerThat("echo 'ERROR failed to load vulnerability db' >&2", 1);

    assertThat(check(sbom))
        .isEqualTo(
            new Ended(
                UNKNOWN,
                "Not checked: grype can't tell (ERROR failed to load vulnerability db). It needs its"
                    + " database: online it fetches that itself, offline give it one by 'grype db"
                    + " import FILE'.\n"));
  }

  @Test
  void saysThatThereIsNoScanner() throws IOException {
    Ended ended = check(sbom);

    assertThat(ended.code()).isEqualTo(UNKNOWN);
    assertThat(ended.output()).startsWith("Not checked: grype is not installed").hasLineCount(1);
  }

  @Test
  void saysThatThereIsNoSbom() throws IOException {
    scannerThat("echo No vulnerabilities found", 0);

    Ended ended = check(folder.resolve("none.json"));

    assertThat(ended.code()).isEqualTo(UNKNOWN);
    assertThat(ended.output()).startsWith("Not checked: there is no ").hasLineCount(1);
  }

  private void scannerThat(String does, int code) throws IOException {
    Path grype = programs.resolve("grype");
    Files.writeString(grype, "#!/bin/sh\n" + does + "\nexit " + code + "\n");
    Files.setPosixFilePermissions(grype, PosixFilePermissions.fromString("rwx------"));
  }

  private Ended check(Path file) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", ".ci/check-dependencies", file.toString());
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.onExit().join().exitValue(), output);
  }
}
