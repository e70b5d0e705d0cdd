package dev.countersign.app.chat.model;

import static dev.countersign.app.chat.conversation.ConversationTestBed.callId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.conversation.ConversationTestBed;
import dev.countersign.app.chat.conversation.TurnAnswer;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.devservices.model.OfflineChatModel;
import dev.countersign.guard.CallStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A conversation with the offline model, whose tool call ids repeat from turn to turn. */
@Timeout(60)
class OfflineConversationTest {
  private final ModelActivitiesImpl activities =
      new ModelActivitiesImpl(
          new OfflineChatModel(),
          ToolFixtures.tools(),
          new SimpleMeterRegistry(),
          WiredModel.properties("sk-test", null, null),
          new ModelRecord(),
          ChatBudget.UNLIMITED,
          Clock.systemUTC());

  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed(activities);

  @Test
  void buysTwiceAndTellsEachOutcomeByItsPurchase() {
    TurnAnswer phone = bed.begin("Buy an XYZ phone");
    String conversation = phone.conversationId();
    TurnAnswer headphones = bed.goOn(conversation, "Buy 2 headphones for at most 300");

    assertThat(phone.messages().getLast().text()).contains("1 XYZ phone");
    assertThat(headphones.messages().getLast().text()).contains("2 headphones");
    assertThat(phone.callIds()).containsExactly(callId(conversation, 1));
    assertThat(headphones.callIds()).containsExactly(callId(conversation, 2));
    assertThat(bed.call(callId(conversation, 2)).message()).endsWith(" for at most 300");

    bed.ends(callId(conversation, 2), CallStatus.DONE, "Created");
    assertThat(bed.messages(conversation, 5).getLast().text())
        .endsWith("\n\nYour order of 2 headphones is placed: Created.");
    assertThat(bed.goOn(conversation, "What is pending?").messages().getLast().text())
        .startsWith("Pending: 1 XYZ phone")
        .doesNotContain("headphones");

    bed.ends(callId(conversation, 1), CallStatus.DENIED, "The user has denied the request");
    assertThat(bed.messages(conversation, 8).getLast().text())
        .endsWith("\n\nYou denied the purchase of 1 XYZ phone: nothing was ordered.");
  }

  @Test
  void saysWhatWasWrongWithAPurchase() {
    TurnAnswer answer = bed.begin("Buy 0 headphones");

    assertThat(answer.callIds()).isEmpty();
    assertThat(answer.messages().getLast().text())
        .contains("qty must be a whole number from 1 to 1,000");
  }
}
