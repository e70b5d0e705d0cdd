package com.example.bank;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a user and the assistant have said. One turn at a time: news wait for its end. */
class Conversation {
  private static final int LONGEST = 50;

  private final ChatMemory memory = MessageWindowChatMemory.withMaxMessages(LONGEST);
  private final Set<String> news = new HashSet<>();

  record Line(String who, String words) {}

  ChatMemory memory() {
    return memory;
  }

  synchronized String turn(Supplier<String> assistant) {
    return assistant.get();
  }

  /**
   * Has the assistant say what it wasn't asked.
   *
   * @param id of the news, which are said once
   */
  synchronized void tell(String id, String words) {
    if (news.add(id)) {
      memory.add(AiMessage.from(words));
    }
  }

  synchronized List<Line> lines() {
    return memory.messages().stream().flatMap(Conversation::line).toList();
  }

  private static Stream<Line> line(ChatMessage message) {
    return switch (message) {
      case UserMessage user -> Stream.of(new Line("you", user.singleText()));
      case AiMessage assistant when assistant.text() != null ->
          Stream.of(new Line("assistant", assistant.text()));
      default -> Stream.empty(); // of the tools
    };
  }
}
