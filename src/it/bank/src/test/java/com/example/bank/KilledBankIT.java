package com.example.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One {@code kill -9} meets four transfers, each at another moment between the question and the
 * end. What becomes of them is checked after the bank was started again.
 */
class KilledBankIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  // a run that was cut off is noticed 5 s after this
  private static final BankProcess bank =
      new BankProcess(Services.settings("--countersign.guard.timeout=5s"));
  private static final Alice alice = new Alice(bank.url());

  private static final WorkflowServiceStubs temporal =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget(Services.TEMPORAL.target()).build());

  private static String unanswered;
  private static String turnedAway;
  private static String cutOff;
  private static String cutOffBill;

  @BeforeAll
  static void killTheBankAndStartItAgain() {
    bank.start();
    unanswered = alice.transfer("DE11");
    turnedAway = alice.transfer("DE12");
    cutOff = alice.transfer("DE13");
    CompletableFuture.runAsync(() -> alice.payBill("DE14")); // has no answer: the bank dies

    Services.LEDGER.holdAnswers("DE13");
    Services.LEDGER.holdAnswers("DE14");
    Services.LEDGER.close("DE12");
    alice.awaitStatus(unanswered, "AWAITING_APPROVAL");
    alice.approve("Transfer 12.50 EUR to DE13");
    alice.approve("Pay a bill of 12.50 EUR to DE14");
    awaitRequest("DE13");
    cutOffBill = awaitRequest("DE14").key();
    alice.approve("Transfer 12.50 EUR to DE12");
    awaitRequest("DE12");
    awaitNothingUnderWay(turnedAway);

    bank.kill();
    Services.LEDGER.open();
    alice.approve("Transfer 12.50 EUR to DE11");
    bank.start();
  }

  @AfterAll
  static void stop() {
    bank.kill();
    temporal.shutdown();
  }

  @Test
  void transfersOnceWhatWasApprovedWhileItWasDead() {
    alice.awaitStatus(unanswered, "DONE");

    assertThat(Services.LEDGER.requests("DE11"))
        .extracting(Ledger.Booking::key)
        .containsExactly(unanswered);
    assertThat(Services.LEDGER.bookings("DE11")).hasSize(1);
    assertThat(Alice.questions("Transfer 12.50 EUR to DE11")).hasSize(1);
  }

  /** The ledger was closed, so that a run had said for certain that it had done nothing. */
  @Test
  void transfersOnceWhatWasApprovedAndNotYetDone() {
    alice.awaitStatus(turnedAway, "DONE");

    assertThat(Services.LEDGER.requests("DE12"))
        .extracting(Ledger.Booking::key)
        .hasSizeGreaterThan(1)
        .containsOnly(turnedAway);
    assertThat(Services.LEDGER.bookings("DE12")).hasSize(1);
    assertThat(Alice.questions("Transfer 12.50 EUR to DE12")).hasSize(1);
  }

  /** The ledger had booked it, and the bank died before it heard so. */
  @Test
  void runsAgainUnderTheSameKeyWhatIsIdempotentAndWasCutOff() {
    alice.awaitStatus(cutOffBill, "DONE");

    assertThat(Services.LEDGER.requests("DE14"))
        .extracting(Ledger.Booking::key)
        .hasSizeGreaterThan(1)
        .containsOnly(cutOffBill);
    assertThat(Services.LEDGER.bookings("DE14")).hasSize(1);
    assertThat(Alice.questions("Pay a bill of 12.50 EUR to DE14")).hasSize(1);
  }

  /** The same, but the tool doesn't say that a second run would do no harm. */
  @Test
  void neverRunsAgainWhatIsNotIdempotentAndWasCutOff() {
    alice.awaitStatus(cutOff, "OUTCOME_UNKNOWN");

    assertThat(Services.LEDGER.requests("DE13"))
        .extracting(Ledger.Booking::key)
        .containsExactly(cutOff);
    assertThat(Services.LEDGER.bookings("DE13")).hasSize(1);
    assertThat(Alice.questions("Transfer 12.50 EUR to DE13")).hasSize(1);
  }

  private static Ledger.Booking awaitRequest(String iban) {
    return await()
        .atMost(PATIENCE)
        .until(() -> Services.LEDGER.requests(iban), requests -> !requests.isEmpty())
        .getFirst();
  }

  /** Waits until Temporal has what a call's last run has said: then the call pauses. */
  private static void awaitNothingUnderWay(String id) {
    WorkflowStub call = WorkflowClient.newInstance(temporal).newUntypedWorkflowStub(id);
    await()
        .atMost(PATIENCE)
        .until(() -> call.describe().getRawDescription().getPendingActivitiesCount() == 0);
  }
}
