package com.example.bank;

import dev.countersign.langchain4j.GuardedTools;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The assistant: a model, the conversations, and the guarded tools. */
@Configuration(proxyBeanMethods = false)
class AssistantConfiguration {

  @Bean
  Assistant assistant(
      ChatModel model, Conversations conversations, GuardedTools guardedTools, BankTools tools) {
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .chatMemoryProvider(user -> conversations.of((String) user).memory())
        .tools(guardedTools.of(tools))
        .build();
  }

  /** Any model of LangChain4j takes its place, such as an {@code OpenAiChatModel}. */
  @Bean
  ChatModel model() {
    return new OfflineModel();
  }
}
