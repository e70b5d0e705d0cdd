package dev.countersign.devservices.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The launcher with the real server. */
class TemporalLauncherIT {
  @TempDir Path directory;

  @Test
  void servesWithAttributesRetentionAndWebUiWhenStarted() throws Exception {
    try (TemporalLauncher temporal = TemporalLauncher.start(LauncherSettings.temporary())) {
      assertThat(attributes(temporal))
          .containsEntry("ApprovalStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
          .containsEntry("UserId", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
          .containsEntry("ApprovalExpiresAt", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
      assertThat(retention(temporal)).isEqualTo(Duration.ofDays(30));
      assertThat(statusOf(temporal.uiUrl().orElseThrow())).isEqualTo(200);
    }
  }

  @Test
  void keepsWhatItKnewWhenKilledAndRestarted() {
    try (TemporalLauncher temporal = TemporalLauncher.start(kept())) {
      String target = temporal.target();

      temporal.kill();
      assertThat(Frontend.servesWithin(Duration.ZERO, target)).isFalse();
      temporal.restart();

      assertThat(temporal.target()).isEqualTo(target);
      assertThat(attributes(temporal)).containsKey("ApprovalStatus");
      assertThat(retention(temporal)).isEqualTo(Duration.ofDays(30));
    }
  }

  @Test
  void usesTheServerAgainWhenAnEarlierRunWasKilled() {
    try (TemporalLauncher forgotten = TemporalLauncher.start(kept())) {
      try (TemporalLauncher temporal = TemporalLauncher.start(kept())) {
        assertThat(temporal.target()).isEqualTo(forgotten.target());
        assertThat(temporal.uiUrl()).isEqualTo(forgotten.uiUrl());
      }
      assertThat(Frontend.servesWithin(Duration.ZERO, forgotten.target())).isFalse();
    }
  }

  @Test
  void startsAnewWhenTheFilesOfAnEarlierRunWereDeletedUnderItsServer() throws IOException {
    try (TemporalLauncher forgotten = TemporalLauncher.start(kept())) {
      int port = Integer.parseInt(forgotten.target().substring("127.0.0.1:".length()));
      FileSystemUtils.deleteRecursively(directory);
      FakeMachine machine = new FakeMachine(directory);
      LauncherSettings same =
          new LauncherSettings(directory.resolve("temporal.db"), port, 0, "error");

      try (TemporalLauncher temporal = launch(same, machine)) {
        assertThat(machine.said.getFirst()).endsWith("has lost its database, ending it");
        assertThat(temporal.target()).isEqualTo(forgotten.target());
        assertThat(attributes(temporal)).containsKey("ApprovalStatus");
        assertThat(directory.resolve("temporal.db")).exists();
      }
    }
  }

  @Test
  void startsAnotherWhenTheEarlierProcessIsGone() {
    long first;
    try (TemporalLauncher _ = TemporalLauncher.start(kept())) {
      first = pid();
    }
    try (TemporalLauncher temporal = TemporalLauncher.start(kept())) {
      assertThat(pid()).isNotEqualTo(first);
      assertThat(Frontend.servesWithin(Duration.ZERO, temporal.target())).isTrue();
    }
  }

  @Test
  void namesThePortAndItsVariableWhenItIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LauncherSettings settings =
          new LauncherSettings(directory.resolve("db"), 0, other.getLocalPort(), "error");

      assertThatThrownBy(() -> launch(settings, new FakeMachine(directory)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("Port " + other.getLocalPort(), "TEMPORAL_UI_PORT");
    }
  }

  @Test
  void saysTheLastWordsWhenTheServerEndsAtOnce() {
    assertThatThrownBy(() ->
            TemporalLauncher.start(kept(), new FakeMachine(directory), () -> Path.of("/bin/false")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Temporal ended while it started. Its last words:");
  }

  @Test
  void startsNothingWhenAServerIsNamed() {
    FakeMachine machine = new FakeMachine(directory).with("TEMPORAL_ADDRESS", "127.0.0.1:1");
    try (TemporalLauncher temporal = launch(kept(), machine)) {
      assertThat(temporal.target()).isEqualTo("127.0.0.1:1");
      assertThat(temporal.uiUrl()).isEmpty();
      assertThatThrownBy(temporal::kill).isInstanceOf(IllegalStateException.class);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavesTheServerRunningWhenAnotherRunOwnsIt() throws IOException {
    Process other = new ProcessBuilder("sleep", "60").start();
    try (TemporalLauncher owned = TemporalLauncher.start(kept())) {
      Path pidFile = directory.resolve("temporal.db.pid");
      RunningServer server = RunningServer.read(pidFile).orElseThrow();
      new RunningServer(server.id(), ProcessId.of(other.toHandle()), server.port(), server.uiPort())
          .write(pidFile);

      TemporalLauncher.start(kept()).close();

      assertThat(Frontend.servesWithin(Duration.ZERO, owned.target())).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  private LauncherSettings kept() {
    return new LauncherSettings(directory.resolve("temporal.db"), 0, 0, "error");
  }

  private long pid() {
    return RunningServer.read(directory.resolve("temporal.db.pid")).orElseThrow().id().pid();
  }

  private static TemporalLauncher launch(LauncherSettings settings, Machine machine) {
    return TemporalLauncher.start(settings, machine, TemporalBinary.on(Machine.local())::find);
  }

  private static Map<String, IndexedValueType> attributes(TemporalLauncher temporal) {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setTarget(temporal.target())
                .validateAndBuildWithDefaults());
    try {
      return operator
          .blockingStub()
          .listSearchAttributes(
              ListSearchAttributesRequest.newBuilder().setNamespace("default").build())
          .getCustomAttributesMap();
    } finally {
      operator.shutdownNow();
    }
  }

  private static Duration retention(TemporalLauncher temporal) {
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(temporal.target()).build());
    try {
      return Duration.ofSeconds(
          service
              .blockingStub()
              .describeNamespace(
                  DescribeNamespaceRequest.newBuilder().setNamespace("default").build())
              .getConfig()
              .getWorkflowExecutionRetentionTtl()
              .getSeconds());
    } finally {
      service.shutdownNow();
    }
  }

  private static int statusOf(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
