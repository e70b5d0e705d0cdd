package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ApprovedCallTest {
  private static final ApprovedCall CALL =
      new ApprovedCall("hush", "transfer-1", "alice", null, Instant.EPOCH, 1);

  @Test
  void isThereWithinTheRunOnly() throws Throwable {
    assertThat(CALL.run(_ -> ApprovedCall.current(), new Object[0])).isSameAs(CALL);
    assertThatThrownBy(ApprovedCall::current).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void doesNotReachOtherThreads() {
    assertThatThrownBy(() ->
            CALL.run(
                _ -> CompletableFuture.supplyAsync(ApprovedCall::current).join(), new Object[0]))
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void showsNoSecret() {
    assertThat(CALL.toString()).doesNotContain("hush");
  }
}
