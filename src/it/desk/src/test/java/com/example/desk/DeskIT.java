package com.example.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.ApplicationProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Chats with the packed desk, which is killed once, between a question and its answer. */
class DeskIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final ApplicationProcess desk =
      ApplicationProcess.ofJar(Path.of("target", "desk.jar"), Services.arguments());
  private static final Alice alice = new Alice(desk.url());

  private static Alice.Reply unanswered;

  @BeforeAll
  static void killTheDeskAndStartItAgain() {
    desk.start();
    unanswered = alice.says("key 1", "Refund 12.50 for A1");
    awaitStatus(unanswered.call(), "AWAITING_APPROVAL");
    desk.kill();
    alice.approves("Refund 12.50 EUR for A1");
    desk.start();
  }

  @AfterAll
  static void stop() {
    desk.kill();
  }

  private static void awaitStatus(String call, String status) {
    await().atMost(PATIENCE).until(() -> alice.status(call), status::equals);
  }

  private static void awaitNews(String call, String... news) {
    await().atMost(PATIENCE).until(() -> alice.journal(call), List.of(news)::equals);
  }

  @Test
  void refundsOnceWhatWasApprovedWhileItWasDead() {
    assertThat(unanswered.message())
        .contains("asked to approve this on their device: \"Refund 12.50 EUR for A1\"")
        .contains("It has not been done");

    awaitStatus(unanswered.call(), "DONE");

    assertThat(Services.BACK_OFFICE.requests("Refund 12.50 for A1"))
        .containsExactly(
            new BackOfficeServer.Request(
                unanswered.call(), "refund:create", "Refund 12.50 for A1"));
    assertThat(Alice.questions("Refund 12.50 EUR for A1")).hasSize(1);
    awaitNews(unanswered.call(), "approved", "ended as DONE"); // "asked" was told before the kill
  }

  @Test
  void knowsATurnThatIsSentAgain() {
    Alice.Reply first = alice.says("key 2", "Refund 1 for A2");
    assertThat(alice.says("key 2", "Refund 1 for A2").calls()).isEqualTo(first.calls());

    alice.approves("Refund 1 EUR for A2");
    awaitStatus(first.call(), "DONE");
    Alice.Reply later = alice.says("key 2", "Refund 1 for A2");

    assertThat(later.calls()).isEqualTo(first.calls());
    assertThat(later.message()).isEqualTo("Refunded 1 EUR");
    assertThat(Services.BACK_OFFICE.requests("Refund 1 for A2")).hasSize(1);
    awaitNews(first.call(), "asked", "approved", "ended as DONE");
  }

  @Test
  void refundsNothingAfterANo() {
    Alice.Reply reply = alice.says("key 3", "Refund 2 for A3");

    alice.denies("Refund 2 EUR for A3");
    awaitStatus(reply.call(), "DENIED");

    assertThat(Services.BACK_OFFICE.requests("Refund 2 for A3")).isEmpty();
    awaitNews(reply.call(), "asked", "denied", "ended as DENIED");
  }

  @Test
  void closesATicketThatSettingsGuard() {
    Alice.Reply reply = alice.says("key 4", "Close T4 because it works");
    assertThat(reply.message()).contains("\"Close T4: it works\". It has not been done");

    alice.approves("Close T4: it works");
    awaitStatus(reply.call(), "DONE");

    assertThat(Services.BACK_OFFICE.requests("Close T4: it works"))
        .containsExactly(
            new BackOfficeServer.Request(reply.call(), "ticket:close", "Close T4: it works"));
  }

  @Test
  void asksNobodyForWhatIsNotGuarded() {
    Alice.Reply reply = alice.says("key 5", "Where is A5?");

    assertThat(reply.message()).contains("A5 is on its way");
    assertThat(reply.calls()).isEmpty();
  }

  @Test
  void asksWithNothingButTheBeanToo() {
    assertThat(alice.saysShortly("Refund 3 for A6"))
        .contains("asked to approve this on their device: \"Refund 3 EUR for A6\"");
    assertThat(alice.saysShortly("Where is A6?")).contains("A6 is on its way");

    alice.approves("Refund 3 EUR for A6");

    await()
        .atMost(PATIENCE)
        .until(() -> Services.BACK_OFFICE.requests("Refund 3 for A6").size() == 1);
  }
}
