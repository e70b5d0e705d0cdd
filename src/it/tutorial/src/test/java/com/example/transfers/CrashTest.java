package com.example.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.devservices.ApplicationProcess;
import dev.countersign.devservices.StandIns;
import dev.countersign.guard.CallStatus;
import org.junit.jupiter.api.Test;

class CrashTest {
  @Test
  void transfersOnceWhatWasApprovedWhileItWasDead() {
    try (StandIns standIns = StandIns.start();
        ApplicationProcess application =
            new ApplicationProcess(TransfersApplication.class, standIns.arguments())) {
      Customer alice = new Customer(application.url(), standIns.tenant(), "alice");
      application.start();
      String id = alice.transfer("12.50", "DE44");
      alice.awaitStatus(id, CallStatus.AWAITING_APPROVAL);

      application.kill();
      alice.phone().approve("Transfer 12.50 EUR to DE44");
      application.start();

      alice.awaitStatus(id, CallStatus.DONE);
      assertThat(alice.phone().requests()).hasSize(1);
      assertThat(application.log()).content().containsOnlyOnce("Transferring 12.50 EUR to DE44");
    }
  }
}
