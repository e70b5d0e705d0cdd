package dev.countersign.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
  private static final String USER = "0123456789abcdef0123456789abcdef";

  private final AuditLog log = new AuditLog();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void saysTheSameAsPairsAndAsText() {
    AuditEntry.of(AuditEvent.DECIDED)
        .call("shop_online-" + USER + "-12ab")
        .outcome("denied")
        .conversation("chat-1")
        .write();

    assertThat(log.entries())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.fields())
              .containsEntry("auditEvent", "decided")
              .containsEntry("callId", "shop_online-" + USER + "-12ab")
              .containsEntry("tool", "shop_online")
              .containsEntry("userDigest", USER)
              .containsEntry("outcome", "denied")
              .containsEntry("conversation", "chat-1")
              .hasSize(6);
          assertThat(entry.text())
              .isEqualTo(
                  "auditEvent=decided callId=shop_online-%s-12ab tool=shop_online userDigest=%s"
                          .formatted(USER, USER)
                      + " outcome=denied conversation=chat-1");
        });
  }

  @Test
  void forgesNoLineAndNoField() {
    AuditEntry.of(AuditEvent.DECIDED)
        .call("a\nauditEvent=login userDigest=x {}\u2028\u202e" + "y".repeat(1_000))
        .write();

    assertThat(log.entries())
        .singleElement()
        .satisfies(entry ->
            assertThat(entry.text())
                .startsWith("auditEvent=decided callId=a_auditEvent=login_userDigest=x_{}__yyy")
                .hasSizeLessThan(300)
                .matches("[\\x20-\\x7e]+"));
  }
}
