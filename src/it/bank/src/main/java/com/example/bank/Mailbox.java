package com.example.bank;

import dev.countersign.guard.CallListener;
import dev.countersign.guard.CallNews;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Keeps what the bank's users would be told by mail. */
@Component
class Mailbox implements CallListener {
  private final List<String> mails = new CopyOnWriteArrayList<>();

  @Override
  public void told(CallNews news) {
    mails.add(news.call().id() + ": " + words(news) + " (" + news.user() + ")");
  }

  /** What was told of a call so far. */
  List<String> about(String callId) {
    return mails.stream().filter(mail -> mail.startsWith(callId)).toList();
  }

  private static String words(CallNews news) {
    return switch (news) {
      case CallNews.Asked _ -> "asked";
      case CallNews.AskedAgain _ -> "asked again";
      case CallNews.Decided decided -> decided.approved() ? "approved" : "denied";
      case CallNews.Ended ended -> "ended as " + ended.call().status();
      case CallNews.Settled settled -> "settled as " + settled.call().status();
    };
  }
}
