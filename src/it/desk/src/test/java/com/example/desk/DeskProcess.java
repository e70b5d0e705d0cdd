package com.example.desk;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** The desk as its users run it: its packed jar, in a process of its own, which can be killed. */
final class DeskProcess {
  private static final Duration START = Duration.ofMinutes(2); // about 6 s on an idle machine
  private static final File LOG = new File("target", "desk.log");

  private final String url;
  private final List<String> command;
  private Process process;

  /** A desk that doesn't run yet, and has the same port whenever it does. */
  DeskProcess(String... settings) {
    int port = FreePort.next();
    url = "http://localhost:" + port;
    command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // both: it starts sooner
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                "target/desk.jar",
                "--server.port=" + port));
    command.addAll(List.of(settings));
  }

  String url() {
    return url;
  }

  /** Returns when it answers. */
  void start() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await()
        .atMost(START)
        .failFast("the desk has ended, see " + LOG, () -> !process.isAlive())
        .until(this::answers);
  }

  private boolean answers() {
    try {
      return RestClient.create(url)
          .get()
          .exchange((_, answer) -> answer.getStatusCode().value() > 0);
    } catch (ResourceAccessException _) {
      return false;
    }
  }

  /** Ends it at once, by SIGKILL, as a crash would. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }
}
