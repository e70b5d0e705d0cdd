package dev.countersign.devservices;

import dev.countersign.devservices.model.OfflineChatModel;
import dev.langchain4j.model.chat.ChatModel;
import org.springframework.context.annotation.Bean;

/** Lets the offline model answer. Not found by the component scan: whoever wants it names it. */
public class OfflineModelConfiguration {

  @Bean
  ChatModel offlineChatModel() {
    return new OfflineChatModel();
  }
}
