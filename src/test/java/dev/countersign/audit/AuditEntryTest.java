package dev.countersign.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

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
                .startsWith("auditEvent=decided callId=a_auditEvent_login_userDigest_x_{}__yyy")
                .hasSizeLessThan(300)
                .matches("[\\x20-\\x7e]+"));
  }

  @Test
  void tellsListenersOfWhatWasLoggedWhateverTheyMakeOfIt() {
    List<AuditEntry> heard = new ArrayList<>();
    AuditListener broken =
        _ -> {
          throw new IllegalStateException("broken");
        };
    AuditListener listener = heard::add;
    AuditEntry.addListener(broken);
    AuditEntry.addListener(listener);
    try {
      AuditEntry.of(AuditEvent.DECIDED)
          .call("shop_online-" + USER + "-12ab")
          .outcome("denied")
          .took(Duration.ofMillis(1_500))
          .write();
    } finally {
      AuditEntry.removeListener(broken);
      AuditEntry.removeListener(listener);
    }
    AuditEntry.of(AuditEvent.LOGIN).write();

    assertThat(heard)
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.event()).isEqualTo(AuditEvent.DECIDED);
          assertThat(entry.tool()).isEqualTo("shop_online");
          assertThat(entry.outcome()).isEqualTo("denied");
          assertThat(entry.took()).isEqualTo(Duration.ofMillis(1_500));
        });
    assertThat(log.entries().getFirst().fields()).containsEntry("tookMs", "1500");
  }

  /** Boot refuses lines with two members of one name, and drops them. */
  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash", "gelf"})
  void isAMemberOfEachStructuredFormatBesideTemporalsOwn(String format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    MockEnvironment environment = new MockEnvironment();
    environment.setProperty("logging.structured.gelf.host", "here");
    context.putObject(Environment.class.getName(), environment);
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(context);
    encoder.setFormat(format);
    encoder.start();
    MDC.put("WorkflowId", "shop_online-" + USER + "-12ab");
    try {
      AuditEntry.of(AuditEvent.RUN_ENDED)
          .call("shop_online-" + USER + "-12ab")
          .outcome("done")
          .conversation("chat-1")
          .operator(USER, "show")
          .write();
    } finally {
      MDC.clear();
    }

    String line = new String(encoder.encode(log.events().getLast()), StandardCharsets.UTF_8);

    assertThat(line)
        .contains(
            "auditEvent\":\"run_ended\"", "outcome\":\"done\"", "WorkflowId\":\"shop_online-");
  }
}
