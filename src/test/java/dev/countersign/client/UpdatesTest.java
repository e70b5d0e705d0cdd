package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowServiceException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UpdatesTest {
  private final StatusRuntimeException givenUp =
      Status.FAILED_PRECONDITION
          .withDescription(
              "Unable to perform workflow execution update due to unexpected workflow task failure.")
          .asRuntimeException();
  private static final WorkflowExecution WORKFLOW =
      WorkflowExecution.newBuilder().setWorkflowId("one").build();

  private final AtomicInteger sent = new AtomicInteger();

  private String failing(int times, RuntimeException failure) {
    return Updates.send(() -> {
      if (sent.incrementAndGet() <= times) {
        throw failure;
      }
      return "taken";
    });
  }

  @Test
  void sendsAgainWhatTheServerHasGivenUp() {
    assertThat(failing(4, new WorkflowServiceException(WORKFLOW, "", givenUp))).isEqualTo("taken");
    assertThat(sent).hasValue(5);
  }

  @Test
  void sendsAgainWhatWasSentWithAStart() {
    assertThat(failing(1, givenUp)).isEqualTo("taken");
    assertThat(sent).hasValue(2);
  }

  @Test
  void doesNotGoOnForEver() {
    assertThatThrownBy(() -> failing(9, givenUp)).isSameAs(givenUp);
    assertThat(sent).hasValue(5);
  }

  @Test
  void leavesOtherFailuresToTheCaller() {
    var refused = Status.FAILED_PRECONDITION.withDescription("Closing").asRuntimeException();
    assertThatThrownBy(() -> failing(1, refused)).isSameAs(refused);
    assertThat(sent).hasValue(1);
  }
}
