package com.example.bank;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * One for each user, in memory: after a restart they are empty, and what was asked goes on even so.
 * Yours are kept by a {@code ChatMemoryStore}.
 */
@Component
class Conversations {
  private final Map<String, Conversation> all = new ConcurrentHashMap<>();

  Conversation of(String user) {
    return all.computeIfAbsent(user, _ -> new Conversation());
  }
}
