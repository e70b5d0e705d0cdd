package dev.countersign.app.chat.model;

import dev.countersign.app.chat.model.wire.WordsListener;

/** An answer of the model's while it comes, until the user wants no more of it. Thread-safe. */
final class ComingAnswer implements WordsListener {
  private final StringBuilder text = new StringBuilder();
  private Runnable cancel = () -> {};
  private boolean stopped;
  private boolean left;

  @Override
  public synchronized void begins(Runnable cancelRequest) {
    text.setLength(0);
    cancel = cancelRequest;
    if (left) {
      cancel.run();
    }
  }

  @Override
  public synchronized void hears(String words) {
    text.append(words);
  }

  /** Ends it: no more of it is wanted. */
  synchronized void stop() {
    stopped = true;
    leave();
  }

  /** Ends it: nobody would hear of what still comes. */
  synchronized void leave() {
    left = true;
    cancel.run();
  }

  /** Whether no more of it is wanted. */
  synchronized boolean isStopped() {
    return stopped;
  }

  /** What has come, as its server sends it. */
  synchronized String text() {
    return text.toString();
  }
}
