package dev.countersign.devservices;

import dev.countersign.devservices.model.OfflineChatModel;
import dev.countersign.devservices.model.SpokenModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Duration;
import org.springframework.context.annotation.Bean;

/** Lets the offline model answer. Not found by the component scan: whoever wants it names it. */
public class OfflineModelConfiguration {
  /** As fast as people read along. */
  private static final Duration A_WORD = Duration.ofMillis(30);

  @Bean
  ChatModel offlineChatModel() {
    return new OfflineChatModel();
  }

  @Bean
  StreamingChatModel offlineStreamingChatModel(ChatModel offlineChatModel) {
    return new SpokenModel(offlineChatModel, _ -> Thread.sleep(A_WORD));
  }
}
