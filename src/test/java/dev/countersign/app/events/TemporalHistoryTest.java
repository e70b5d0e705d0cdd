package dev.countersign.app.events;

import static dev.countersign.app.events.History.Life.ENDED;
import static dev.countersign.app.events.History.Life.GOES_ON;
import static dev.countersign.app.events.History.Life.NOT_THERE;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TemporalHistoryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

  private final HistoryServer server = new HistoryServer();
  private final LongPolls polls = new LongPolls(server.client());
  private final TemporalHistory history = new TemporalHistory(polls, "c-1");

  @AfterEach
  void close() {
    polls.close();
    server.close();
  }

  private CompletableFuture<History.Life> change() {
    CompletableFuture<History.Life> change =
        CompletableFuture.supplyAsync(history::awaitChange, VIRTUAL);
    await().atMost(PATIENCE).until(() -> change.isDone() || server.waiting() == 1);
    return change;
  }

  @Test
  void readsWhatWasThereBeforeOnceAndInSilence() {
    server.begins(
        Collections.nCopies(250, EVENT_TYPE_WORKFLOW_TASK_COMPLETED).toArray(EventType[]::new));
    assertThat(history.awaitChange()).isEqualTo(GOES_ON);
    CompletableFuture<History.Life> change = change();
    await().atMost(PATIENCE).until(() -> server.eventsTold() == 250);
    assertThat(change).isNotDone();

    server.goesOn(EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    assertThat(change).succeedsWithin(PATIENCE).isEqualTo(GOES_ON);
    server.goesOn(EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    assertThat(change()).succeedsWithin(PATIENCE).isEqualTo(GOES_ON);
    assertThat(server.eventsTold()).isEqualTo(252);
  }

  @Test
  void tellsWhatHappenedBetweenTwoCalls() {
    server.begins(EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    assertThat(history.awaitChange()).isEqualTo(GOES_ON);
    server.goesOn(EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, EVENT_TYPE_WORKFLOW_TASK_COMPLETED);

    assertThat(change()).succeedsWithin(PATIENCE).isEqualTo(GOES_ON);
  }

  @Test
  void isSilentWhereNothingCanBeSeen() {
    server.begins(EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    assertThat(history.awaitChange()).isEqualTo(GOES_ON);
    CompletableFuture<History.Life> change = change();
    server.goesOn(EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, EVENT_TYPE_WORKFLOW_TASK_SCHEDULED);
    await().atMost(PATIENCE).until(() -> server.eventsTold() == 3 && server.waiting() == 1);

    assertThat(change).isNotDone();
    server.goesOn(EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    assertThat(change).succeedsWithin(PATIENCE).isEqualTo(GOES_ON);
  }

  @Test
  void followsTheConversationIntoItsNextRun() {
    server.begins(EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    assertThat(history.awaitChange()).isEqualTo(GOES_ON);
    CompletableFuture<History.Life> change = change();
    server.goesOn(EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW);
    server.begins(EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    assertThat(change).succeedsWithin(PATIENCE).isEqualTo(GOES_ON);

    CompletableFuture<History.Life> next = change();
    server.goesOn(EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    assertThat(next).succeedsWithin(PATIENCE).isEqualTo(GOES_ON);
  }

  @Test
  void tellsTheEnd() {
    server.begins(EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    assertThat(history.awaitChange()).isEqualTo(GOES_ON);
    CompletableFuture<History.Life> change = change();
    server.ends();

    assertThat(change).succeedsWithin(PATIENCE).isEqualTo(ENDED);
    assertThat(new TemporalHistory(polls, "c-1").awaitChange())
        .as("to who comes later")
        .isEqualTo(ENDED);
  }

  @Test
  void findsNothing() {
    assertThat(history.awaitChange()).isEqualTo(NOT_THERE);
  }

  @Test
  void goesOnAfterAFailureWhereItWas() {
    server.begins(EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    assertThat(history.awaitChange()).isEqualTo(GOES_ON);
    CompletableFuture<History.Life> change = change();
    server.fails(1);
    assertThat(change).failsWithin(PATIENCE);
    server.fails(1);
    assertThatThrownBy(history::awaitChange).isInstanceOf(StatusRuntimeException.class);

    server.goesOn(EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    assertThat(change()).succeedsWithin(PATIENCE).isEqualTo(GOES_ON);
    assertThat(server.eventsTold()).isEqualTo(2);
  }

  @Test
  void makesNoMoreThan100CallsOnAConnection() {
    server.begins(EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    List<Watch> watches = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      Watch watch = new Watch();
      watch.start("c-1", new TemporalHistory(polls, "c-1"), _ -> true);
      watches.add(watch);
    }
    await().atMost(PATIENCE).until(() -> server.waiting() == 250);
    await().atMost(PATIENCE).until(() -> server.connections.get() == 3);

    watches.forEach(Watch::close);
    await("the server is told").atMost(PATIENCE).until(() -> server.waiting() == 0);
    await("those that nobody needs").atMost(PATIENCE).until(() -> server.connections.get() == 1);
  }
}
