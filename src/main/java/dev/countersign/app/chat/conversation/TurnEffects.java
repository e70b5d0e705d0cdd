package dev.countersign.app.chat.conversation;

import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallStatus;
import java.util.ArrayList;
import java.util.List;

/** What a turn has done so far, for whoever must say so when the model doesn't. */
final class TurnEffects {
  private final List<String> asked = new ArrayList<>();
  private final List<String> outcomes = new ArrayList<>();
  private boolean endedWell;
  private final List<String> begun = new ArrayList<>();
  private final List<String> begunAsBefore = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private int round;
  private boolean looked;

  /** Why a call of a tool can't be, as a sentence. */
  private record Rejection(String tool, String sentence, boolean forGood, int round) {}

  /** The calls of the next reply follow. */
  void nextRound() {
    round++;
  }

  /** A call of that tool can be: it stands for those of earlier replies that couldn't. */
  void begins(String tool) {
    rejections.stream()
        .filter(before -> before.tool().equals(tool) && before.round() < round && !before.forGood())
        .findFirst()
        .ifPresent(rejections::remove);
  }

  /** The user's calls were looked at: what is said of them may be of long ago. */
  void looked() {
    looked = true;
  }

  /** Whether the user's calls were looked at. */
  boolean hasLooked() {
    return looked;
  }

  /** The user is asked this. */
  void asked(String message) {
    asked.add(message);
  }

  /** It was done without asking, or can't be; a sentence says which. */
  void outcome(CallEnded ended, String sentence) {
    outcomes.add(sentence);
    endedWell |= ended.status() == CallStatus.DONE;
  }

  /** Whether something was done to its end. */
  boolean hasEndedWell() {
    return endedWell;
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

  /**
   * What was asked for can't be; a sentence says why.
   *
   * @param forGood whether no other call by the model can put it right
   */
  void rejected(String tool, String sentence, boolean forGood) {
    if (!rejections().contains(sentence)) { // a model may try the same again
      rejections.add(new Rejection(tool, sentence, forGood, round));
    }
  }

  /** Why calls of this turn can't be, however they are made. */
  List<String> refusals() {
    return rejections.stream().filter(Rejection::forGood).map(Rejection::sentence).toList();
  }

  /** Why calls of this turn can't be. */
  List<String> rejections() {
    return rejections.stream().map(Rejection::sentence).toList();
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

  /** Whether nothing was done, and nothing refused. */
  boolean isNone() {
    return isNothingDone() && rejections.isEmpty();
  }

  /** Whether nothing was done. */
  boolean isNothingDone() {
    return asked.isEmpty()
        && outcomes.isEmpty()
        && begun.isEmpty()
        && begunAsBefore.isEmpty()
        && cancelled.isEmpty();
  }
}
