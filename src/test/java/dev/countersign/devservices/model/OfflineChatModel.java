package dev.countersign.devservices.model;

import static java.util.stream.Collectors.joining;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Answers like a language model would, without one and without a network. */
public final class OfflineChatModel implements ChatModel {
  private static final String HELP =
      "I am the offline model and understand only a few sentences: \"Buy an XYZ phone\", \"Buy 2"
          + " headphones for at most 300\", \"What is pending?\" and \"Cancel it\". For a real"
          + " model set OPENAI_API_KEY and start again.";
  private static final String HOW_TO_CANCEL =
      "As the offline model I can't cancel a purchase myself. While it is not yet being ordered you"
          + " can: POST /api/purchases/{id}/cancel, or deny it on your phone.";

  @Override
  public ChatResponse doChat(ChatRequest request) {
    List<ChatMessage> messages = request.messages();
    AiMessage answer =
        messages.getLast() instanceof UserMessage user
            ? answer(user.singleText(), messages)
            : AiMessage.from(
                ToolResults.newest(messages).stream()
                    .map(ToolResults.Result::inWords)
                    .collect(joining(" ")));
    return ChatResponse.builder().aiMessage(answer).build();
  }

  private static AiMessage answer(String question, List<ChatMessage> messages) {
    String words = question.toLowerCase(Locale.ROOT);
    if (words.contains("cancel")) {
      return AiMessage.from(HOW_TO_CANCEL);
    }
    if (words.contains("pending") || words.contains("waiting")) {
      return AiMessage.from(pending(ToolResults.waiting(messages)));
    }
    List<Wish> wishes = Wish.in(question);
    return wishes.isEmpty() ? AiMessage.from(HELP) : AiMessage.from(calls(wishes));
  }

  private static String pending(List<String> waiting) {
    return waiting.isEmpty()
        ? "Nothing is pending."
        : "Pending: " + String.join(", ", waiting) + ". Please look at your phone.";
  }

  /** The ids repeat from turn to turn, as some models' do. */
  private static List<ToolExecutionRequest> calls(List<Wish> wishes) {
    List<ToolExecutionRequest> calls = new ArrayList<>();
    for (Wish wish : wishes) {
      calls.add(
          ToolExecutionRequest.builder()
              .id("offline-" + (calls.size() + 1))
              .name("shop_online")
              .arguments(ToolResults.arguments(wish))
              .build());
    }
    return calls;
  }
}
