package dev.countersign.guard;

/** News for tests that look at who is told, not at what. */
public final class NewsFixtures {
  private NewsFixtures() {}

  /** A call of Alice's is done. */
  public static CallNews ended() {
    return new CallNews.Ended(
        "alice", CallStateFixtures.call("delete-1", "delete", "{}", "Delete x", CallStatus.DONE));
  }
}
