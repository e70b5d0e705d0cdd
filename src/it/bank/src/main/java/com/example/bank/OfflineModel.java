package com.example.bank;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands in for a language model, without a network: it understands three sentences. */
class OfflineModel implements ChatModel {
  private static final Pattern TRANSFER =
      sentence("transfer (?<amount>[0-9.]+) EUR to (?<iban>.+)");
  private static final Pattern LIMIT =
      sentence("raise the limit of card (?<card>.+) to (?<limit>[0-9.]+) EUR");
  private static final Pattern CLOSE = sentence("close the account (?<iban>.+)");
  private static final String HELP =
      "I understand \"Transfer 125 EUR to DE01\", \"Raise the limit of card 4711 to 5000 EUR\" and"
          + " \"Close the account DE01\".";

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return ChatResponse.builder().aiMessage(answer(request.messages().getLast())).build();
  }

  private static AiMessage answer(ChatMessage last) {
    return switch (last) {
      case ToolExecutionResultMessage result -> AiMessage.from(toTheUser(result.text()));
      case UserMessage user -> understand(user.singleText().strip());
      default -> AiMessage.from(HELP);
    };
  }

  /** What the guard has told the model speaks of the user. */
  private static String toTheUser(String result) {
    return result
        .replace("The user is being", "You are being")
        .replace("The user has been", "You have been")
        .replace("on their device", "on your device")
        .replace("once they approve", "once you approve");
  }

  private static AiMessage understand(String message) {
    Matcher transfer = TRANSFER.matcher(message);
    if (transfer.matches()) {
      return call("transfer", transfer, "amount", "iban");
    }
    Matcher limit = LIMIT.matcher(message);
    if (limit.matches()) {
      return call("raiseCardLimit", limit, "card", "limit");
    }
    Matcher close = CLOSE.matcher(message);
    return close.matches() ? call("closeAccount", close, "iban") : AiMessage.from(HELP);
  }

  private static AiMessage call(String tool, Matcher said, String... names) {
    StringBuilder arguments = new StringBuilder();
    for (String name : names) {
      arguments.append(arguments.isEmpty() ? "{" : ", ");
      arguments.append("\"%s\": \"%s\"".formatted(name, said.group(name).replace("\"", "")));
    }
    return AiMessage.from(
        ToolExecutionRequest.builder()
            .id(UUID.randomUUID().toString())
            .name(tool)
            .arguments(arguments.append("}").toString())
            .build());
  }

  private static Pattern sentence(String pattern) {
    return Pattern.compile(pattern + "\\.?", Pattern.CASE_INSENSITIVE);
  }
}
