package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger's application with one guarded method, as its own build packed it with the library
 * ({@code src/it/bank}, which tests what it does undisturbed), killed where it hurts.
 */
class StrangersBankIT {
  private static final Path JAR = Path.of("target", "it", "bank", "target", "bank.jar");

  @TempDir static Path folder;
  private static Product product;
  private static AppProcess bank;

  @BeforeAll
  static void start() {
    assertThat(JAR).as("what mvnw pre-integration-test builds of src/it/bank").exists();
    product = new Product();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            JAR.toAbsolutePath().toString(),
            "--bank.books=" + folder.resolve("books"),
            "--countersign.temporal.address=" + product.temporal.target(),
            "--countersign.oidc.issuer=" + product.tenant.issuer(),
            "--countersign.oidc.client-id=" + product.tenant.clientId(),
            "--countersign.oidc.client-secret=" + product.tenant.clientSecret(),
            "--countersign.ciba.profile=auth0",
            "--countersign.keys=" + Product.KEYS,
            "--countersign.guard.user-key=" + Product.USER_KEY);
    bank = new AppProcess(product, "bank", Map.of(), command).awaitAnswer("/transfers/none");
  }

  @AfterAll
  static void stop() {
    bank.close();
    product.close();
  }

  @Test
  void transfersOnceWhenItIsKilledBetweenQuestionAndAnswerAndBeforeTheRun() throws IOException {
    String unanswered = asked("DE01");
    String approved = asked("DE02");
    awaitRing("DE01");
    awaitRing("DE02");

    product.phoneOf("alice").approve(question("DE02"));
    bank.kill();
    assertThat(booked("DE02")).isEmpty();
    bank.launchAgain();
    bank.awaitAnswer("/transfers/none");
    product.phoneOf("alice").approve(question("DE01"));
    awaitDone(approved);
    awaitDone(unanswered);

    assertThat(booked("DE01")).containsExactly("12.50 to DE01, " + unanswered);
    assertThat(booked("DE02")).containsExactly("12.50 to DE02, " + approved);
    assertThat(product.phoneOf("alice").requests(question("DE01"))).hasSize(1);
    assertThat(product.phoneOf("alice").requests(question("DE02"))).hasSize(1);
  }

  private static String asked(String iban) {
    Api.Answer answer =
        bank.as("alice").post("/transfers", "{\"amount\": 12.50, \"iban\": \"" + iban + "\"}");
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return answer.body().path("id").asText();
  }

  private static String question(String iban) {
    return "Transfer 12.50 EUR to " + iban;
  }

  private static void awaitRing(String iban) {
    await()
        .atMost(Product.PATIENCE)
        .until(() -> product.phoneOf("alice").requests(question(iban)).size() == 1);
  }

  private static void awaitDone(String id) {
    await()
        .atMost(Product.PATIENCE)
        .until(
            () -> bank.as("alice").get("/transfers/" + id).body().path("status").asText(),
            "DONE"::equals);
  }

  private static List<String> booked(String iban) throws IOException {
    Path books = folder.resolve("books");
    return Files.exists(books)
        ? Files.readAllLines(books).stream().filter(line -> line.contains(iban)).toList()
        : List.of();
  }
}
