package com.example.desk;

import dev.countersign.guard.CallListener;
import dev.countersign.guard.CallNews;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Learns what becomes of calls after the chat has gone on: here a desk would write to its user. */
@Component
class Journal implements CallListener {
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  private record Entry(String id, String words) {}

  @Override
  public void told(CallNews news) {
    entries.add(new Entry(news.call().id(), words(news)));
  }

  /** What was told of a call so far. */
  List<String> about(String id) {
    return entries.stream()
        .filter(entry -> entry.id().equals(id))
        .map(Entry::words)
        .distinct()
        .toList();
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
