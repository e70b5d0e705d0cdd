package com.example.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * From a message to the assistant to the core system, beside the library's development services.
 */
class AssistantIT {
  private static final CoreSystem core = Services.CORE;

  private static ConfigurableApplicationContext bank;
  private static Alice alice;

  @BeforeAll
  static void start() {
    bank =
        SpringApplication.run(
            BankApplication.class,
            Services.arguments("--server.port=0", "--countersign.tools.closeAccount.expiry=10s"));
    alice = new Alice("http://localhost:" + bank.getEnvironment().getProperty("local.server.port"));
    alice.ask("Close the account DE03"); // runs out while other tests run
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  @Test
  void transfersOnceAfterAYes() {
    alice.ask("Transfer 125 EUR to DE01");
    assertThat(core.orders("/transfers/DE01")).isEmpty();

    alice.approve("Transfer 125 EUR to DE01");
    alice.awaitWords("Done: \"Transfer 125 EUR to DE01\".");

    String id = alice.awaitStatus("Transfer 125 EUR to DE01", "DONE");
    assertThat(core.done("/transfers/DE01"))
        .containsExactly(new CoreSystem.Order(id, "/transfers/DE01", "{\"amount\":125}"));
  }

  @Test
  void transfersNothingAfterANo() {
    alice.ask("Transfer 125 EUR to DE02");

    alice.deny("Transfer 125 EUR to DE02");
    alice.awaitStatus("Transfer 125 EUR to DE02", "DENIED");

    assertThat(core.orders("/transfers/DE02")).isEmpty();
  }

  @Test
  void closesNothingWithoutAnAnswerInTime() {
    alice.awaitStatus("Close the account DE03 for good", "EXPIRED");

    assertThat(core.orders("/accounts/DE03")).isEmpty();
  }

  @Test
  void doesNothingThatWasTakenBack() {
    alice.ask("Transfer 125 EUR to DE04");

    alice.cancel(alice.awaitStatus("Transfer 125 EUR to DE04", "AWAITING_APPROVAL"));
    alice.awaitStatus("Transfer 125 EUR to DE04", "CANCELLED");

    assertThat(core.orders("/transfers/DE04")).isEmpty();
  }

  @Test
  void raisesALimitWithTheDetailsThatWereApproved() {
    String message = "Raise the limit of card 4711 to 5000 EUR";
    alice.ask(message);

    assertThat(alice.awaitQuestion(message).authorizationDetails())
        .isEqualTo(
            List.of(
                Map.of("type", "card_limit", "card", "4711", "limit", "5000", "currency", "EUR")));
    alice.approve(message);
    alice.awaitWords("Done: \"" + message + "\".");

    assertThat(core.done("/cards/4711")).hasSize(1);
  }

  @Test
  void asksNobodyAboutASmallTransfer() {
    assertThat(alice.say("Transfer 12.50 EUR to DE05")).isEqualTo("Transferred 12.50 EUR to DE05");

    assertThat(core.done("/transfers/DE05")).hasSize(1);
    assertThat(alice.questions("Transfer 12.50 EUR to DE05")).isEmpty();
  }

  @Test
  void asksNobodyAboutALargeTransfer() {
    assertThat(alice.say("Transfer 20000 EUR to DE06"))
        .contains("Please come to the counter to transfer more than 10,000 EUR.");

    assertThat(alice.questions("Transfer 20000 EUR to DE06")).isEmpty();
  }
}
