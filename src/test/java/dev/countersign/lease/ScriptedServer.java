package dev.countersign.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers beats when a test wants it to. */
final class ScriptedServer implements LeaseServer {
  final List<CompletableFuture<Void>> beats = new ArrayList<>();
  final List<byte[]> givenBack = new ArrayList<>();
  int wishes;
  int reconnections;
  int looks;

  /** How many other processes there are; less than zero: nobody says it. */
  int others;

  boolean answersAtOnce = true;
  boolean isAway;

  @Override
  public CompletableFuture<Void> beat(byte[] term) {
    CompletableFuture<Void> beat =
        answersAtOnce ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    beats.add(beat);
    return beat;
  }

  @Override
  public CompletableFuture<Void> want() {
    wishes++;
    return isAway
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Integer> others() {
    looks++;
    return others < 0
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(others);
  }

  @Override
  public void reconnect() {
    reconnections++;
  }

  @Override
  public void giveBack(byte[] term) {
    givenBack.add(term);
  }
}
