package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ThreadOfItsOwnTest {

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void leavesNothingOfTheWorkToTheThreadThatWaits() {
    ThreadLocal<String> kept = new ThreadLocal<>();
    String said =
        ThreadOfItsOwn.call(() -> {
          kept.set("a buffer");
          return "done";
        });
    assertThat(said).isEqualTo("done");
    assertThat(kept.get()).isNull();
  }

  /** Whatever the work logs names the call, as all lines of the wait do. */
  @Test
  void logsAsTheThreadThatWaitsDoes() {
    MDC.put("CallId", "shop_online-1");
    assertThat(ThreadOfItsOwn.call(() -> MDC.get("CallId"))).isEqualTo("shop_online-1");
  }

  @Test
  void throwsWhatTheWorkThrows() {
    IllegalStateException failure = new IllegalStateException("of the work");
    assertThatThrownBy(() ->
            ThreadOfItsOwn.call(() -> {
              throw failure;
            }))
        .isSameAs(failure);
  }

  @Test
  void endsTheWorkThoughTheThreadThatWaitsIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThat(ThreadOfItsOwn.call(() -> Thread.currentThread().isInterrupted())).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
