package dev.countersign.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** A user's phone at the development tenant, over its JSON. */
record Phone(Api tenant, String user) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  List<JsonNode> requests() {
    return Api.elements(tenant.get("/phone/requests?user=" + user).body()).toList();
  }

  List<JsonNode> requests(String bindingMessage) {
    return requests().stream()
        .filter(request -> request.path("bindingMessage").asText().equals(bindingMessage))
        .toList();
  }

  void approve(String bindingMessage) {
    answer(bindingMessage, "approve");
  }

  void deny(String bindingMessage) {
    answer(bindingMessage, "deny");
  }

  /** Waits until the phone has rung for this and presses a button. */
  private void answer(String bindingMessage, String button) {
    await().atMost(PATIENCE).until(() -> pending(bindingMessage).size() == 1);
    String id = pending(bindingMessage).getFirst().path("id").asText();
    Api.Answer answer = tenant.post("/phone/requests/" + id + "/" + button, "");
    if (answer.status() != 204) {
      throw new AssertionError("The phone answered " + answer);
    }
  }

  private List<JsonNode> pending(String bindingMessage) {
    return requests(bindingMessage).stream()
        .filter(request -> request.path("status").asText().equals("pending"))
        .toList();
  }
}
