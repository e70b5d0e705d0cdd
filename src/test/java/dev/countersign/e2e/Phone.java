package dev.countersign.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** A user's phone at the development tenant, over its JSON. */
public record Phone(Api tenant, String user) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  List<JsonNode> requests() {
    return Api.elements(tenant.get("/phone/requests?user=" + user).body()).toList();
  }

  /** What the phone was asked in these words, newest first. */
  public List<JsonNode> requests(String bindingMessage) {
    return requests().stream()
        .filter(request -> request.path("bindingMessage").asText().equals(bindingMessage))
        .toList();
  }

  /** Waits until the phone has rung for this and presses Approve. */
  public void approve(String bindingMessage) {
    answer(bindingMessage, "approve");
  }

  /** Waits until the phone has rung for this and presses Deny. */
  public void deny(String bindingMessage) {
    answer(bindingMessage, "deny");
  }

  /** Waits until the phone has rung so often for this, and approves the newest question. */
  void approveNewest(String bindingMessage, int rings) {
    await().atMost(PATIENCE).until(() -> requests(bindingMessage).size() == rings);
    press("approve", requests(bindingMessage).getFirst());
  }

  /** Waits until the phone has rung for this and presses a button. */
  private void answer(String bindingMessage, String button) {
    await().atMost(PATIENCE).until(() -> pending(bindingMessage).size() == 1);
    press(button, pending(bindingMessage).getFirst());
  }

  private void press(String button, JsonNode request) {
    Api.Answer answer =
        tenant.post("/phone/requests/" + request.path("id").asText() + "/" + button, "");
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
