package dev.countersign.app.chat.model;

import dev.langchain4j.model.output.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * How the model's server passes on thoughts, as far as this process has seen. Some have begun the
 * thought in what the model is given, so that in its answer it only ends: of such, nothing tells
 * before that end that it is one. Thread-safe.
 */
final class ModelThoughts {
  /** Whether thoughts come without their beginning; null: no answer has shown it yet. */
  private volatile @Nullable Boolean areUnmarked;

  /**
   * An answer has come to its end.
   *
   * @param reason why it ends; null: its model doesn't say
   */
  void learn(String text, @Nullable FinishReason reason) {
    if (SpokenWords.endsAnUnmarkedThought(text)) {
      areUnmarked = true;
    } else if (areUnmarked == null
        && (reason == null || reason == FinishReason.STOP)
        && SpokenWords.of(text) != null) {
      areUnmarked = false;
    }
  }

  /** Whether of a text that is still coming it can be told what is a thought in it. */
  boolean areTold(String text) {
    return Boolean.FALSE.equals(areUnmarked) || SpokenWords.endsAnUnmarkedThought(text);
  }
}
