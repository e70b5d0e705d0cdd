package com.example.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.PhoneRequest;
import dev.countersign.devservices.tenant.TenantSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

/** A transfer from the call to the books, beside the library's development services. */
class TransferTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ParameterizedTypeReference<Map<String, String>> TEXTS =
      new ParameterizedTypeReference<>() {};

  @TempDir static Path folder;
  private static TemporalLauncher temporal;
  private static IdentityTenant tenant;
  private static ConfigurableApplicationContext bank;
  private static RestClient alice;

  @BeforeAll
  static void start() {
    temporal = TemporalLauncher.start(LauncherSettings.temporary());
    tenant = IdentityTenant.start(TenantSettings.on(0, null).withInterval(Duration.ofSeconds(1)));
    bank =
        SpringApplication.run(
            BankApplication.class,
            "--server.port=0",
            "--bank.books=" + folder.resolve("books"),
            "--countersign.temporal.address=" + temporal.target(),
            "--countersign.oidc.issuer=" + tenant.issuer(),
            "--countersign.oidc.client-id=" + tenant.clientId(),
            "--countersign.oidc.client-secret=" + tenant.clientSecret(),
            "--countersign.ciba.profile=auth0",
            "--countersign.keys=k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
            "--countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
    alice =
        RestClient.builder()
            .baseUrl("http://localhost:" + bank.getEnvironment().getProperty("local.server.port"))
            .defaultHeaders(headers -> headers.setBearerAuth(tenant.apiToken("alice")))
            .build();
  }

  @AfterAll
  static void stop() {
    bank.close();
    tenant.close();
    temporal.close();
  }

  @Test
  void transfersOnceAfterAYes() throws IOException {
    String id = asked("DE01");
    assertThat(id).startsWith("transfer-");
    assertThat(booked("DE01")).isEmpty();

    assertThat(tenant.approve(ring("DE01").id())).isTrue();
    awaitStatus(id, "DONE");

    assertThat(booked("DE01")).containsExactly("12.50 to DE01, " + id);
    awaitMails(id, "asked", "approved", "ended as DONE");
  }

  @Test
  void transfersNothingAfterANo() throws IOException {
    String id = asked("DE02");

    assertThat(tenant.deny(ring("DE02").id())).isTrue();
    awaitStatus(id, "DENIED");

    assertThat(booked("DE02")).isEmpty();
    awaitMails(id, "asked", "denied", "ended as DENIED");
  }

  @Test
  void answersACallerThatWaitsOnceItIsDone() throws IOException {
    CompletableFuture<Map<String, String>> answer =
        CompletableFuture.supplyAsync(
            () -> alice.delete().uri("/accounts/DE03").retrieve().body(TEXTS));

    assertThat(tenant.approve(ringing("Close the account DE03").id())).isTrue();

    assertThat(answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
        .isEqualTo(Map.of("done", "Closed DE03"));
    assertThat(booked("DE03")).hasSize(1);
  }

  private static String asked(String iban) {
    ResponseEntity<Map<String, String>> answer =
        alice
            .post()
            .uri("/transfers")
            .body(Map.of("amount", new BigDecimal("12.50"), "iban", iban))
            .retrieve()
            .toEntity(TEXTS);
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
    assertThat(answer.getBody().get("told")).contains("asked to approve this on their device");
    return answer.getBody().get("id");
  }

  private static PhoneRequest ring(String iban) {
    return ringing("Transfer 12.50 EUR to " + iban);
  }

  private static PhoneRequest ringing(String message) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                tenant.pushes("alice").stream()
                    .filter(push -> push.bindingMessage().equals(message))
                    .findAny()
                    .orElse(null),
            push -> push != null);
  }

  private static void awaitStatus(String id, String status) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> alice.get().uri("/transfers/{id}", id).retrieve().body(TEXTS).get("status"),
            status::equals);
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

  private static List<String> booked(String iban) throws IOException {
    Path books = folder.resolve("books");
    return Files.exists(books)
        ? Files.readAllLines(books).stream().filter(line -> line.contains(iban)).toList()
        : List.of();
  }
}
