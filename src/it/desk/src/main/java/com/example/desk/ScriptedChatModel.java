package com.example.desk;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.stereotype.Component;

/** A model that understands three sentences, and says what its tools have said. */
@Component
class ScriptedChatModel implements ChatModel {
  private static final Pattern REFUND = Pattern.compile("Refund ([0-9.]+) for (\\w+)");
  private static final Pattern CLOSE = Pattern.compile("Close (\\w+) because (.+)");
  private static final Pattern WHERE = Pattern.compile("Where is (\\w+)\\?");

  @Override
  public ChatOptions getOptions() {
    return ToolCallingChatOptions.builder().build();
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    return new ChatResponse(List.of(new Generation(answer(prompt))));
  }

  private static AssistantMessage answer(Prompt prompt) {
    if (prompt.getInstructions().getLast() instanceof ToolResponseMessage told) {
      return new AssistantMessage(told.getResponses().getLast().responseData());
    }
    String words = prompt.getUserMessage().getText();
    Matcher refund = REFUND.matcher(words);
    if (refund.matches()) {
      return calling(
          "refund",
          "{\"amount\": %s, \"order\": \"%s\"}".formatted(refund.group(1), refund.group(2)));
    }
    Matcher close = CLOSE.matcher(words);
    if (close.matches()) {
      return calling(
          "close-ticket",
          "{\"ticket\": \"%s\", \"reason\": \"%s\"}".formatted(close.group(1), close.group(2)));
    }
    Matcher where = WHERE.matcher(words);
    return where.matches()
        ? calling("whereIs", "{\"order\": \"%s\"}".formatted(where.group(1)))
        : new AssistantMessage("I don't understand.");
  }

  /** Its ids come again in each turn, as those of some models do. */
  private static AssistantMessage calling(String tool, String arguments) {
    return AssistantMessage.builder()
        .content("")
        .toolCalls(List.of(new AssistantMessage.ToolCall("call_0", "function", tool, arguments)))
        .build();
  }
}
