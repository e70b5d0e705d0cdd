package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A conversation is watched as it happens. */
class EventsIT {
  @RegisterExtension
  static final Product product =
      new Product().startApplication("countersign.chat.streams-per-user=3");

  @Test
  void showsAPurchaseFromTheQuestionToTheOrder() {
    String conversation = begin("Buy 2 headphones");
    try (EventViewer viewer = new EventViewer(product.as("alice"), conversation, null)) {
      viewer.awaitStatus("AWAITING_APPROVAL");
      product.phoneOf("alice").approve("Do you want to buy 2 headphones");
      viewer.awaitEvent(event -> event.gist().equals("message 3"));
      assertThat(viewer.gists().stream().filter(gist -> gist.startsWith("message")))
          .containsExactly("message 1", "message 2", "message 3");
      viewer.awaitStatus("ORDERED");
      assertThat(viewer.gists()).containsSubsequence("AWAITING_APPROVAL", "ORDERED");
      assertThat(viewer.response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
  }

  private static String begin(String message) {
    Api.Answer answer = product.as("alice").say(null, message);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body().path("conversationId").asText();
  }
}
