package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.common.converter.GlobalDataConverter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a call has said holds until something happens to it. */
class ToldStatesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ToldStates told = new ToldStates(nanos::get);

  private static WorkflowExecutionDescription at(String runId, long events) {
    return new WorkflowExecutionDescription(
        DescribeWorkflowExecutionResponse.newBuilder()
            .setWorkflowExecutionInfo(
                WorkflowExecutionInfo.newBuilder()
                    .setExecution(WorkflowExecution.newBuilder().setRunId(runId))
                    .setHistoryLength(events))
            .build(),
        GlobalDataConverter.get());
  }

  private static CallState state(String arguments) {
    return CallStateFixtures.call("id", "tool", arguments, "Do it?", CallStatus.REQUESTED);
  }

  @Test
  void holdsForTheRunAndUntilItsNextEvent() {
    told.keep(at("run", 12), state("{}"));

    assertThat(told.find(at("run", 12))).contains(state("{}"));
    assertThat(told.find(at("run", 13))).isEmpty();
    assertThat(told.find(at("another run", 12))).isEmpty();
  }

  @Test
  void holdsForMinutesOnly() {
    told.keep(at("run", 12), state("{}"));
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());

    assertThat(told.find(at("run", 12))).isEmpty();
  }

  @Test
  void keepsAFewOfManyAndNoneThatIsLong() {
    IntStream.rangeClosed(1, 501).forEach(run -> told.keep(at("run " + run, 1), state("{}")));
    told.keep(at("long", 1), state("x".repeat(8_001)));

    assertThat(told.find(at("run 1", 1))).isEmpty();
    assertThat(told.find(at("run 501", 1))).isPresent();
    assertThat(told.find(at("long", 1))).isEmpty();
  }
}
