package dev.countersign.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;

/** Calls a tool once a turn, always by the same id, and then says what it was told. */
final class ScriptedModel implements ChatModel {
  final List<ToolExecutionResultMessage> results = new ArrayList<>();
  private final String arguments;

  ScriptedModel(String arguments) {
    this.arguments = arguments;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return ChatResponse.builder().aiMessage(answer(request)).build();
  }

  private AiMessage answer(ChatRequest request) {
    if (request.messages().getLast() instanceof ToolExecutionResultMessage result) {
      results.add(result);
      return AiMessage.from(result.text());
    }
    return AiMessage.from(
        ToolExecutionRequest.builder().id("call_0").name("transfer").arguments(arguments).build());
  }
}
