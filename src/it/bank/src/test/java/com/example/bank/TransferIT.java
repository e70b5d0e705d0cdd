package com.example.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A transfer from the call to the ledger, beside the library's development services. */
class TransferIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static ConfigurableApplicationContext bank;
  private static Alice alice;

  @BeforeAll
  static void start() {
    bank = SpringApplication.run(BankApplication.class, Services.settings("--server.port=0"));
    alice = new Alice("http://localhost:" + bank.getEnvironment().getProperty("local.server.port"));
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  @Test
  void transfersOnceAfterAYes() {
    String id = alice.transfer("DE01");
    assertThat(id).startsWith("transfer-");
    assertThat(Services.LEDGER.requests("DE01")).isEmpty();

    alice.approve("Transfer 12.50 EUR to DE01");
    alice.awaitStatus(id, "DONE");

    assertThat(Services.LEDGER.requests("DE01"))
        .containsExactly(new Ledger.Booking(id, new BigDecimal("12.50"), "DE01"));
    assertThat(Services.LEDGER.bookings("DE01")).hasSize(1);
    awaitMails(id, "asked", "approved", "ended as DONE");
  }

  @Test
  void transfersNothingAfterANo() {
    String id = alice.transfer("DE02");

    alice.deny("Transfer 12.50 EUR to DE02");
    alice.awaitStatus(id, "DENIED");

    assertThat(Services.LEDGER.requests("DE02")).isEmpty();
    awaitMails(id, "asked", "denied", "ended as DENIED");
  }

  @Test
  void answersACallerThatWaitsOnceItIsDone() {
    CompletableFuture<Map<String, String>> answer =
        CompletableFuture.supplyAsync(() -> alice.payBill("DE03"));

    alice.approve("Pay a bill of 12.50 EUR to DE03");

    assertThat(answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
        .isEqualTo(Map.of("done", "Transferred 12.50 EUR"));
    assertThat(Services.LEDGER.bookings("DE03")).hasSize(1);
  }

  /** The news come in this order, each at least once. */
  private static void awaitMails(String id, String... words) {
    List<String> expected =
        Stream.of(words).map(word -> id + ": " + word + " (auth0|alice)").toList();
    await()
        .atMost(PATIENCE)
        .until(
            () -> bank.getBean(Mailbox.class).about(id).stream().distinct().toList(),
            expected::equals);
  }
}
