package com.example.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.tenant.PhoneRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

/** A user of the bank, and her phone. */
final class Alice {
  /** By when whatever is awaited has happened, a killed bank's work included. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final ParameterizedTypeReference<Map<String, String>> TEXTS =
      new ParameterizedTypeReference<>() {};

  private final RestClient bank;

  Alice(String bank) {
    this.bank =
        RestClient.builder()
            .baseUrl(bank)
            .defaultHeaders(headers -> headers.setBearerAuth(Services.TENANT.apiToken("alice")))
            .build();
  }

  /** Wants to transfer 12.50 EUR, and is told that her phone asks; returns the transfer's id. */
  String transfer(String iban) {
    ResponseEntity<Map<String, String>> answer = post("/transfers", iban);
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
    assertThat(answer.getBody().get("told")).contains("asked to approve this on their device");
    return answer.getBody().get("id");
  }

  /** Pays a bill of 12.50 EUR, and waits for the bank's answer. */
  Map<String, String> payBill(String iban) {
    return post("/bills", iban).getBody();
  }

  private ResponseEntity<Map<String, String>> post(String path, String iban) {
    return bank.post()
        .uri(path)
        .body(Map.of("amount", new BigDecimal("12.50"), "iban", iban))
        .retrieve()
        .toEntity(TEXTS);
  }

  /** Says yes when her phone asks this. */
  void approve(String message) {
    assertThat(Services.TENANT.approve(awaitQuestion(message).id())).isTrue();
  }

  /** Says no when her phone asks this. */
  void deny(String message) {
    assertThat(Services.TENANT.deny(awaitQuestion(message).id())).isTrue();
  }

  private static PhoneRequest awaitQuestion(String message) {
    return await()
        .atMost(PATIENCE)
        .until(() -> questions(message), questions -> !questions.isEmpty())
        .getFirst();
  }

  /** The times that her phone has asked this, newest first. */
  static List<PhoneRequest> questions(String message) {
    return Services.TENANT.pushes("alice").stream()
        .filter(push -> push.bindingMessage().equals(message))
        .toList();
  }

  /** Waits until the bank says that a transfer stands there. */
  void awaitStatus(String id, String status) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> bank.get().uri("/transfers/{id}", id).retrieve().body(TEXTS).get("status"),
            status::equals);
  }
}
