package dev.countersign.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Records the history of a conversation that buys something, into the directory that the property
 * {@code histories.into} names, unless it is there already.
 */
@EnabledIfSystemProperty(named = "histories.into", matches = ".+")
class ConversationRecorder {
  private static final Path FILE =
      Path.of(System.getProperty("histories.into", "")).resolve("conversation-that-buys.json");

  @RegisterExtension static final Product product = new Product().startApplication();

  @Test
  void recordsAConversation() throws IOException {
    if (Files.exists(FILE)) {
      return;
    }
    JsonNode turn = product.as("alice").say(null, "Buy 2 vases").body();
    product.phoneOf("alice").approve("Do you want to buy 2 vases");
    String conversation = turn.path("conversationId").asText();
    await().atMost(Product.PATIENCE).until(() -> product.as("alice").said(conversation).size() > 1);
    try (Histories histories = new Histories(product)) {
      Files.writeString(FILE, histories.json(conversation) + "\n");
    }
  }
}
