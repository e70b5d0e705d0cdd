package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is said when a provider is down on which many wait. */
@ExtendWith(OutputCaptureExtension.class)
class UnansweredPollsTest {

  @Test
  void isALineAMinuteForAllWaits(CapturedOutput output) {
    var nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    var polls = new UnansweredPolls(nanoTime::get);
    for (int wait = 0; wait < 1_000; wait++) {
      polls.add("it is down");
    }
    nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
    polls.add("it is down still");

    assertThat(output.getOut().lines().filter(line -> line.contains("no answer")))
        .satisfiesExactly(
            first ->
                assertThat(first).endsWith("A poll got no answer, the wait goes on: it is down"),
            second ->
                assertThat(second)
                    .endsWith(
                        "Polls of 1000 more waits got no answer, they go on: it is down still"));
  }

  @Test
  void countsNothingOfAnEarlierOutage(CapturedOutput output) {
    var nanoTime = new AtomicLong();
    var polls = new UnansweredPolls(nanoTime::get);
    polls.add("it is down");
    polls.add("it is down");
    nanoTime.addAndGet(Duration.ofMinutes(10).toNanos() + 1);
    polls.add("it is down again");

    assertThat(output.getOut().lines().filter(line -> line.contains("no answer")))
        .satisfiesExactly(
            first -> assertThat(first).endsWith("the wait goes on: it is down"),
            second -> assertThat(second).endsWith("the wait goes on: it is down again"));
  }
}
