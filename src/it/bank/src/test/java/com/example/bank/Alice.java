package com.example.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.tenant.Phone;
import dev.countersign.devservices.tenant.PhoneRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** A user of the bank, and her phone. */
final class Alice {
  /** By when whatever is awaited has happened, a killed bank's work included. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Phone phone = Services.STAND_INS.tenant().phone("alice");
  private final RestClient bank;

  Alice(String bank) {
    this.bank =
        RestClient.builder()
            .baseUrl(bank)
            .defaultHeaders(
                headers -> headers.setBearerAuth(Services.STAND_INS.tenant().apiToken("alice")))
            .build();
  }

  /** Says something to the assistant, and hears its answer. */
  String say(String message) {
    return bank.post()
        .uri("/chat")
        .contentType(MediaType.APPLICATION_JSON)
        .body(new ChatController.Message(message))
        .retrieve()
        .body(ChatController.Message.class)
        .message();
  }

  /** The same, of something that her phone then asks. */
  void ask(String message) {
    assertThat(say(message))
        .contains("asked to approve this on your device")
        .contains("It has not been done");
  }

  /** Says yes when her phone asks this. */
  void approve(String message) {
    phone.approve(message);
  }

  /** Says no when her phone asks this. */
  void deny(String message) {
    phone.deny(message);
  }

  /** The question, once her phone asks it. */
  PhoneRequest awaitQuestion(String message) {
    return phone.awaitPending(message);
  }

  /** The times that her phone has asked this, newest first. */
  List<PhoneRequest> questions(String message) {
    return phone.requests().stream().filter(push -> push.bindingMessage().equals(message)).toList();
  }

  /** Waits until the assistant has said this, unasked. */
  void awaitWords(String words) {
    await().atMost(PATIENCE).until(this::heard, heard -> heard.contains(words));
  }

  /** All that the assistant has said. */
  private List<String> heard() {
    return bank
        .get()
        .uri("/chat")
        .retrieve()
        .body(new ParameterizedTypeReference<List<Conversation.Line>>() {})
        .stream()
        .filter(line -> line.who().equals("assistant"))
        .map(Conversation.Line::words)
        .toList();
  }

  /** Waits until the bank says that what her phone asked stands there; returns the call's id. */
  String awaitStatus(String message, String status) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                calls().stream()
                    .filter(call -> call.message().equals(message))
                    .filter(call -> call.status().name().equals(status))
                    .findFirst()
                    .orElse(null),
            call -> call != null)
        .id();
  }

  /** Takes back what her phone asks. */
  void cancel(String id) {
    bank.post().uri("/calls/{id}/cancel", id).retrieve().toBodilessEntity();
  }

  private List<CallController.Call> calls() {
    return bank.get()
        .uri("/calls")
        .retrieve()
        .body(new ParameterizedTypeReference<List<CallController.Call>>() {});
  }
}
