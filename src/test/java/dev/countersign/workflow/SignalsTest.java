package dev.countersign.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.PatientWorker;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.junit.jupiter.api.Test;

class SignalsTest {

  /** Signals another of its kind. */
  @WorkflowInterface
  public interface Signalling {
    @WorkflowMethod
    boolean signal(String id);

    @SignalMethod
    void heard();
  }

  /** Ends when it has signalled, or was. */
  public static final class SignallingImpl implements Signalling {
    private boolean heard;

    @Override
    public boolean signal(String id) {
      if (id.isEmpty()) {
        Workflow.await(() -> heard);
        return true;
      }
      Signalling other = Workflow.newExternalWorkflowStub(Signalling.class, id);
      return Signals.send(other::heard);
    }

    @Override
    public void heard() {
      heard = true;
    }
  }

  @Test
  void saysWhetherTheOtherWorkflowIsThere() {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      environment
          .newWorker("q", PatientWorker.OPTIONS)
          .registerWorkflowImplementationTypes(SignallingImpl.class);
      environment.start();
      var client = environment.getWorkflowClient();
      Signalling other =
          client.newWorkflowStub(
              Signalling.class,
              WorkflowOptions.newBuilder().setTaskQueue("q").setWorkflowId("other").build());
      WorkflowClient.start(other::signal, "");
      WorkflowOptions options = WorkflowOptions.newBuilder().setTaskQueue("q").build();

      assertThat(client.newWorkflowStub(Signalling.class, options).signal("other")).isTrue();
      assertThat(other.signal("")).isTrue();
      assertThat(client.newWorkflowStub(Signalling.class, options).signal("other")).isFalse();
      assertThat(client.newWorkflowStub(Signalling.class, options).signal("nobody")).isFalse();
    }
  }
}
