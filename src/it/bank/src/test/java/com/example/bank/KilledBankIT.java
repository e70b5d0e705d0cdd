package com.example.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.ApplicationProcess;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One {@code kill -9} meets four calls, each at another moment between the question and the end.
 * What becomes of them is checked after the bank was started again.
 */
class KilledBankIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final CoreSystem core = Services.CORE;

  // a run that was cut off is noticed 5 s after this
  private static final ApplicationProcess bank =
      ApplicationProcess.ofJar(
          Path.of("target", "bank.jar"), Services.arguments("--countersign.guard.timeout=5s"));
  private static final Alice alice = new Alice(bank.url());

  private static final WorkflowServiceStubs temporal =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder()
              .setTarget(Services.STAND_INS.temporal().target())
              .build());

  private static String turnedAway;

  @BeforeAll
  static void killTheBankAndStartItAgain() {
    core.close("/transfers/DE12");
    core.holdAnswers("/transfers/DE13");
    core.holdAnswers("/accounts/DE14");
    bank.start();
    alice.ask("Transfer 125 EUR to DE11");
    alice.ask("Transfer 125 EUR to DE12");
    alice.ask("Transfer 125 EUR to DE13");
    alice.ask("Close the account DE14");

    alice.awaitStatus("Transfer 125 EUR to DE11", "AWAITING_APPROVAL");
    alice.approve("Transfer 125 EUR to DE13");
    alice.approve("Close the account DE14 for good");
    awaitOrder("/transfers/DE13");
    awaitOrder("/accounts/DE14");
    alice.approve("Transfer 125 EUR to DE12");
    turnedAway = awaitOrder("/transfers/DE12").key();
    awaitNothingUnderWay(turnedAway);

    bank.kill();
    core.open();
    alice.approve("Transfer 125 EUR to DE11");
    bank.start();
  }

  @AfterAll
  static void stop() {
    bank.kill();
    temporal.shutdown();
  }

  @Test
  void transfersOnceWhatWasApprovedWhileItWasDead() {
    String id = alice.awaitStatus("Transfer 125 EUR to DE11", "DONE");

    assertThat(core.orders("/transfers/DE11"))
        .extracting(CoreSystem.Order::key)
        .containsExactly(id);
    assertThat(alice.questions("Transfer 125 EUR to DE11")).hasSize(1);
    alice.awaitWords("Done: \"Transfer 125 EUR to DE11\".");
  }

  /** The core system was closed, so that a run had said for certain that it had done nothing. */
  @Test
  void transfersOnceWhatWasApprovedAndNotYetDone() {
    alice.awaitStatus("Transfer 125 EUR to DE12", "DONE");

    assertThat(core.orders("/transfers/DE12"))
        .extracting(CoreSystem.Order::key)
        .hasSizeGreaterThan(1)
        .containsOnly(turnedAway);
    assertThat(core.done("/transfers/DE12")).hasSize(1);
    assertThat(alice.questions("Transfer 125 EUR to DE12")).hasSize(1);
  }

  /** The core system had done it, and the bank died before it heard so. */
  @Test
  void runsAgainUnderTheSameKeyWhatIsIdempotentAndWasCutOff() {
    String id = alice.awaitStatus("Transfer 125 EUR to DE13", "DONE");

    assertThat(core.orders("/transfers/DE13"))
        .extracting(CoreSystem.Order::key)
        .hasSizeGreaterThan(1)
        .containsOnly(id);
    assertThat(core.done("/transfers/DE13")).hasSize(1);
    assertThat(alice.questions("Transfer 125 EUR to DE13")).hasSize(1);
  }

  /** The same, but a second run could do harm. */
  @Test
  void looksUpWhatIsNotIdempotentAndWasCutOff() {
    alice.awaitStatus("Close the account DE14 for good", "DONE");

    assertThat(core.orders("/accounts/DE14")).hasSize(1);
    assertThat(alice.questions("Close the account DE14 for good")).hasSize(1);
  }

  private static CoreSystem.Order awaitOrder(String path) {
    return await()
        .atMost(PATIENCE)
        .until(() -> core.orders(path), orders -> !orders.isEmpty())
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
