package dev.countersign.app.chat.conversation;

import java.util.ArrayList;
import java.util.List;

/** What a turn has done so far, for whoever must say so when the model doesn't. */
final class TurnEffects {
  private final List<String> asked = new ArrayList<>();
  private final List<String> outcomes = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();
  private final List<String> begunAsBefore = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();

  /** The user is asked this. */
  void asked(String message) {
    asked.add(message);
  }

  /** It was done without asking, or can't be; a sentence says which. */
  void outcome(String sentence) {
    outcomes.add(sentence);
  }

  /** This is being done without asking. */
  void begun(String message) {
    begun.add(message);
  }

  /** This is being done under an earlier approval. */
  void begunAsBefore(String message) {
    begunAsBefore.add(message);
  }

  /** What the user had been asked was taken back. */
  void cancelled(String message) {
    cancelled.add(message);
  }

  /** What was asked for can't be; a sentence says why. */
  void rejected(String sentence) {
    if (!rejections.contains(sentence)) { // a model may try the same again
      rejections.add(sentence);
    }
  }

  /** Why calls of this turn can't be. */
  List<String> rejections() {
    return List.copyOf(rejections);
  }

  /** What the user is asked. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** What came of what was done without asking. */
  List<String> outcomes() {
    return List.copyOf(outcomes);
  }

  /** What is being done without asking. */
  List<String> begun() {
    return List.copyOf(begun);
  }

  /** What is being done under an earlier approval. */
  List<String> begunAsBefore() {
    return List.copyOf(begunAsBefore);
  }

  /** What was taken back. */
  List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  boolean isNone() {
    return asked.isEmpty()
        && outcomes.isEmpty()
        && begun.isEmpty()
        && begunAsBefore.isEmpty()
        && cancelled.isEmpty()
        && rejections.isEmpty();
  }
}
