package com.example.bank;

import dev.countersign.guard.CallListener;
import dev.countersign.guard.CallNews;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import org.springframework.stereotype.Component;

/** Tells the conversation what has become of a call that its user was asked to approve. */
@Component
class OutcomeTeller implements CallListener {
  private final Conversations conversations;

  OutcomeTeller(Conversations conversations) {
    this.conversations = conversations;
  }

  @Override
  public void told(CallNews news) {
    switch (news) {
      case CallNews.Ended ended when !ended.call().isUnasked() -> tell(news.user(), ended.call());
      case CallNews.Settled settled -> tell(news.user(), settled.call());
      default -> {} // the turn itself has told it, or the phone does
    }
  }

  private void tell(String user, CallState call) {
    String words =
        call.status() == CallStatus.DONE ? "Done: \"" + call.message() + "\"." : call.reason();
    conversations.of(user).tell(call.id() + " " + call.status(), words);
  }
}
