package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger's application with one guarded method, on the library alone, killed where it hurts.
 */
class StrangersBankIT {
  @TempDir static Path folder;
  private static Product product;
  private static AppProcess bank;

  @BeforeAll
  static void start() {
    product = new Product();
    List<String> command = new ArrayList<>(LibraryJar.command(folder));
    command.addAll(
        List.of(
            "--spring.application.name=bank",
            "--bank.books=" + folder.resolve("books"),
            "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + product.tenant.issuer(),
            "--countersign.temporal.address=" + product.temporal.target(),
            "--countersign.oidc.issuer=" + product.tenant.issuer(),
            "--countersign.oidc.client-id=" + product.tenant.clientId(),
            "--countersign.oidc.client-secret=" + product.tenant.clientSecret(),
            "--countersign.ciba.profile=auth0",
            "--countersign.keys=" + Product.KEYS,
            "--countersign.guard.user-key=" + Product.USER_KEY));
    bank = new AppProcess(product, "bank", Map.of(), command).awaitAnswer("/transfers/none");
  }

  @AfterAll
  static void stop() {
    bank.close();
    product.close();
  }

  private static String asked(String iban) {
    Api.Answer answer =
        bank.as("alice").post("/transfers", "{\"amount\": 12.50, \"iban\": \"" + iban + "\"}");
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    assertThat(answer.body().path("told").asText())
        .contains("asked to approve this on their device");
    return answer.body().path("id").asText();
  }

  private static void awaitStatus(String id, String status) {
    await()
        .atMost(Product.PATIENCE)
        .until(
            () -> bank.as("alice").get("/transfers/" + id).body().path("status").asText(),
            status::equals);
  }

  private static List<String> booked(String iban) throws IOException {
    Path books = folder.resolve("books");
    return Files.exists(books)
        ? Files.readAllLines(books).stream().filter(line -> line.contains(iban)).toList()
        : List.of();
  }

  @Test
  void transfersOnceAfterAYes() throws IOException {
    String id = asked("DE01");
    assertThat(id).startsWith("transfer-");
    assertThat(booked("DE01")).isEmpty();

    product.phoneOf("alice").approve("Transfer 12.50 EUR to DE01");
    awaitStatus(id, "DONE");

    assertThat(booked("DE01")).containsExactly("12.50 to DE01, " + id);
  }

  @Test
  void transfersNothingAfterANo() throws IOException {
    String id = asked("DE02");

    product.phoneOf("alice").deny("Transfer 12.50 EUR to DE02");
    awaitStatus(id, "DENIED");

    assertThat(booked("DE02")).isEmpty();
  }

  @Test
  void transfersOnceWhenItIsKilledBetweenQuestionAndAnswerAndBeforeTheRun() throws IOException {
    String id = asked("DE03");
    await()
        .atMost(Product.PATIENCE)
        .until(() -> product.phoneOf("alice").requests("Transfer 12.50 EUR to DE03").size() == 1);
    bank.kill();
    bank.launchAgain();
    bank.awaitAnswer("/transfers/none");

    product.phoneOf("alice").approve("Transfer 12.50 EUR to DE03");
    bank.kill();
    bank.launchAgain();
    bank.awaitAnswer("/transfers/none");
    awaitStatus(id, "DONE");

    assertThat(booked("DE03")).containsExactly("12.50 to DE03, " + id);
    assertThat(product.phoneOf("alice").requests("Transfer 12.50 EUR to DE03")).hasSize(1);
  }
}
