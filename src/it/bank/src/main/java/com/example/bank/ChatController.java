package com.example.bank;

import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Talks with the assistant. Whoever is signed in is who the tools ask. */
@RestController
class ChatController {
  private final Assistant assistant;
  private final Conversations conversations;

  ChatController(Assistant assistant, Conversations conversations) {
    this.assistant = assistant;
    this.conversations = conversations;
  }

  record Message(String message) {}

  @PostMapping("/chat")
  Message say(@AuthenticationPrincipal Jwt user, @RequestBody Message said) {
    String sub = user.getSubject();
    return new Message(conversations.of(sub).turn(() -> assistant.answer(sub, said.message())));
  }

  @GetMapping("/chat")
  List<Conversation.Line> conversation(@AuthenticationPrincipal Jwt user) {
    return conversations.of(user.getSubject()).lines();
  }
}
