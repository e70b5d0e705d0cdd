package dev.countersign.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.Status;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedErrorsTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("dev.countersign.app.api.ProblemAdvice");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private Instant now = Instant.EPOCH;

  @BeforeEach
  void start() {
    var filter = new RepeatedErrors(() -> now);
    filter.start();
    context.addTurboFilter(filter);
    written.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(written);
  }

  private void fail() {
    logger.error("A request failed", new IllegalStateException("at " + now));
  }

  private List<String> messages() {
    return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void firstIsWrittenInFullAndThenACountEachMinute() {
    for (int second = 0; second <= 130; second++) {
      now = Instant.EPOCH.plusSeconds(second);
      fail();
    }

    assertThat(messages())
        .containsExactly(
            "A request failed",
            "A request failed, 60 more times: java.lang.IllegalStateException",
            "A request failed, 60 more times: java.lang.IllegalStateException");
    assertThat(written.list.getFirst().getThrowableProxy()).isNotNull();
  }

  /** What was written of it weeks ago is in no log any more, and counts for nothing now. */
  @Test
  void isFirstAgainAfterItWasQuiet() {
    for (int second = 0; second < 50; second++) {
      now = Instant.EPOCH.plusSeconds(second);
      fail();
    }
    now = now.plus(Duration.ofMinutes(10)).plusMillis(1);
    fail();
    now = now.plusSeconds(60);
    fail();

    assertThat(messages())
        .containsExactly(
            "A request failed",
            "A request failed",
            "A request failed, 1 more times: java.lang.IllegalStateException");
    assertThat(written.list.get(1).getThrowableProxy()).isNotNull();
  }

  @Test
  void placeIsOurCodeAndNotWhatItCalls() {
    failByTheJdk();
    assertThat(written.list).hasSize(1);
    try {
      Objects.requireNonNull(null);
    } catch (NullPointerException e) {
      logger.error("A request failed", e);
    }
    assertThat(written.list).hasSize(2);
    failByTheJdk();
    assertThat(written.list).hasSize(2);
  }

  private void failByTheJdk() {
    try {
      Objects.requireNonNull(null);
    } catch (NullPointerException e) {
      logger.error("A request failed", e);
    }
  }

  @Test
  void othersAreWritten() {
    fail();
    logger.error("A request failed", new IllegalArgumentException("another kind"));
    logger.error("A request failed", new IllegalStateException("another place"));
    logger.warn("Without an exception");
    logger.warn("Without an exception");

    assertThat(written.list).hasSize(5);
  }

  @Test
  void thatTemporalIsAwayIsALineAMinuteWithoutStackTraces() {
    Logger pollers = context.getLogger("io.temporal.internal.worker.BasePoller");
    Logger results = context.getLogger("io.temporal.internal.worker.ActivityWorker");
    for (int second = 0; second <= 61; second++) {
      now = Instant.EPOCH.plusSeconds(second);
      pollers.warn("Failure in poller thread {}", "one", Status.UNAVAILABLE.asRuntimeException());
      results.warn("Failure to report", Status.UNAVAILABLE.asRuntimeException());
    }

    assertThat(messages())
        .containsExactly(
            "Failure in poller thread one: UNAVAILABLE", "Temporal: UNAVAILABLE, 120 more times");
    assertThat(written.list).allMatch(line -> line.getThrowableProxy() == null);
  }

  @Test
  void thatNobodyTakesTracesIsALineAMinuteWithoutStackTraces() {
    Logger exporter = context.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter");
    for (int second = 0; second <= 60; second++) {
      now = Instant.ofEpochSecond(second);
      exporter.error("Failed to export spans", new ConnectException("Connection refused"));
    }

    assertThat(messages())
        .containsExactly("Failed to export spans", "Traces could not be sent, 60 more times");
    assertThat(written.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  @Test
  void whatTemporalRefusesIsWritten() {
    Logger worker = context.getLogger("io.temporal.internal.worker.BasePoller");
    worker.warn("Failed", Status.PERMISSION_DENIED.asRuntimeException());
    worker.warn("Failed", Status.PERMISSION_DENIED.asRuntimeException());

    assertThat(written.list).hasSize(2).allMatch(line -> line.getThrowableProxy() != null);
  }

  @Test
  void whatIsNotAboutRequestsIsWritten() {
    Logger worker = context.getLogger("io.temporal.worker");
    var thrown = new IllegalStateException("lost");
    worker.warn("A task failed", thrown);
    worker.warn("A task failed", thrown);

    assertThat(written.list).hasSize(2);
  }
}
