package com.example.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.devservices.tenant.Phone;
import dev.countersign.devservices.tenant.PhoneRequest;
import java.util.List;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.client.RestClient;

/** A customer, and her phone. */
final class Alice {
  private static final Phone PHONE = Services.TENANT.phone("alice");
  private static final ParameterizedTypeReference<Map<String, String>> TEXTS =
      new ParameterizedTypeReference<>() {};
  private static final ParameterizedTypeReference<List<String>> LIST =
      new ParameterizedTypeReference<>() {};

  private final RestClient desk;

  Alice(String desk) {
    this.desk =
        RestClient.builder()
            .baseUrl(desk)
            .defaultHeaders(headers -> headers.setBearerAuth(Services.TENANT.apiToken("alice")))
            .build();
  }

  record Reply(String message, List<String> calls) {
    /** The only call that was made. */
    String call() {
      assertThat(calls).hasSize(1);
      return calls.getFirst();
    }
  }

  Reply says(String key, String message) {
    return desk.post()
        .uri("/chat")
        .header("Idempotency-Key", key)
        .body(Map.of("message", message))
        .retrieve()
        .body(Reply.class);
  }

  String saysShortly(String message) {
    return desk.post()
        .uri("/short")
        .body(Map.of("message", message))
        .retrieve()
        .body(TEXTS)
        .get("message");
  }

  String status(String call) {
    return desk.get().uri("/calls/{id}", call).retrieve().body(TEXTS).get("status");
  }

  List<String> journal(String call) {
    return desk.get().uri("/journal/{id}", call).retrieve().body(LIST);
  }

  /** Says yes when her phone asks this. */
  void approves(String message) {
    PHONE.approve(message);
  }

  /** Says no when her phone asks this. */
  void denies(String message) {
    PHONE.deny(message);
  }

  /** The times that her phone has asked this. */
  static List<PhoneRequest> questions(String message) {
    return PHONE.requests().stream().filter(push -> push.bindingMessage().equals(message)).toList();
  }
}
