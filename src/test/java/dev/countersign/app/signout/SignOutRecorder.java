package dev.countersign.app.signout;

import dev.countersign.TestTemporal;
import dev.countersign.app.signout.SignOut.What;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records the history of sign-outs into the directory that the property {@code histories.into}
 * names, unless it is there already.
 */
@EnabledIfSystemProperty(named = "histories.into", matches = ".+")
class SignOutRecorder {
  private static final Path INTO = Path.of(System.getProperty("histories.into", ""));

  @Test
  void recordsSignOuts() throws IOException {
    Path file = INTO.resolve("sign-outs.json");
    if (Files.exists(file)) {
      return;
    }
    try (TemporalLauncher temporal = TemporalLauncher.start(LauncherSettings.temporary())) {
      WorkflowServiceStubs stubs = TestTemporal.at(temporal.target());
      WorkflowClient client = WorkflowClient.newInstance(stubs);
      WorkerFactory workers = WorkerFactory.newInstance(client);
      workers.newWorker("queue").registerWorkflowImplementationTypes(SignOutsWorkflowImpl.class);
      workers.start();
      WorkflowStub workflow =
          client.newUntypedWorkflowStub(
              SignOutsWorkflow.TYPE,
              WorkflowOptions.newBuilder()
                  .setWorkflowId("countersign-sign-outs")
                  .setTaskQueue("queue")
                  .build());
      long now = Instant.now().getEpochSecond();
      long until = now + Duration.ofHours(8).toSeconds();
      workflow.signalWithStart(
          "signedOut",
          new Object[] {new SignOut(What.SESSION, "a1", now, until, null)},
          new Object[] {null});
      workflow.signal("signedOut", new SignOut(What.USER, "b2", now, until, null));
      workflow.signal("signedOut", new SignOut(What.PROVIDER_SESSION, "c3", now, until, null));
      var _ = workflow.query("news", SignOutsWorkflow.News.class, (String) null, 0L);
      Files.writeString(file, client.fetchHistory("countersign-sign-outs").toJson(true) + "\n");
      workers.shutdownNow();
      stubs.shutdownNow();
    }
  }
}
