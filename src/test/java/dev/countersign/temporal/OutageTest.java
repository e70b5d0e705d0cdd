package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutageTest {
  private static final WorkflowExecution EXECUTION = WorkflowExecution.getDefaultInstance();

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED"})
  void isBehindACallThatTheServerDidNotAnswer(Status.Code code) {
    RuntimeException cause = code.toStatus().asRuntimeException();
    assertThat(Outage.isBehind(cause)).isTrue();
    assertThat(Outage.isBehind(new WorkflowServiceException(EXECUTION, "Purchase", cause)))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(Status.Code.class)
  void tellsALimitOfCallsFromAServerThatIsAway(Status.Code code) {
    RuntimeException cause = code.toStatus().asRuntimeException();
    assertThat(Outage.isRateLimit(new WorkflowServiceException(EXECUTION, "Purchase", cause)))
        .isEqualTo(code == Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void isBehindAnUpdateThatTimedOut() {
    assertThat(
            Outage.isBehind(
                new WorkflowUpdateTimeoutOrCancelledException(
                    EXECUTION, "id", "say", new RuntimeException("late"))))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"INVALID_ARGUMENT", "NOT_FOUND", "PERMISSION_DENIED", "INTERNAL"})
  void isNotBehindACallThatIsWrong(Status.Code code) {
    assertThat(Outage.isBehind(new RuntimeException(code.toStatus().asRuntimeException())))
        .isFalse();
  }
}
