package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.guard.GuardedCallTest.BankTools;
import io.temporal.api.history.v1.HistoryEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UserDigestTest {
  private static byte[] key() {
    byte[] key = new byte[32];
    for (byte i = 0; i < key.length; i++) {
      key[i] = i;
    }
    return key;
  }

  /** HMAC with SHA-256 by another program: workflows are found by it for years. */
  @Test
  void neverChanges() {
    assertThat(new UserDigest(key()).of("auth0|alice"))
        .isEqualTo("0682689b1f5354d7b445cfe8d3a87328");
  }

  @Test
  void isAnotherOneByAnotherKey() {
    byte[] other = key();
    other[31] ^= 1;

    assertThat(new UserDigest(other).of("auth0|alice"))
        .isNotEqualTo(new UserDigest(key()).of("auth0|alice"));
    assertThatThrownBy(() -> new UserDigest(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What lists filter by is the digest, and nothing that could be found by trying names. */
  @Test
  void standsForUsersInSearchAttributesAndIds() {
    try (var world = new GuardWorld<>(BankTools.class, Duration.ZERO)) {
      String id =
          world.calls.start(
              new CallUser("auth0|alice", null), "transfer", new BigDecimal("1.50"), "DE89");

      List<HistoryEvent> history = world.history(id);

      String digest = new UserDigest(new byte[32]).of("auth0|alice");
      assertThat(id).contains("-" + digest + "-");
      assertThat(
              history
                  .getFirst()
                  .getWorkflowExecutionStartedEventAttributes()
                  .getSearchAttributes()
                  .getIndexedFieldsOrThrow(ApprovalAttributes.USER_ID.getName())
                  .getData()
                  .toStringUtf8())
          .isEqualTo("\"" + digest + "\"");
    }
  }
}
