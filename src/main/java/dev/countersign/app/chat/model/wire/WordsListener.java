package dev.countersign.app.chat.model.wire;

/** Hears an answer while it comes. */
public interface WordsListener {
  /**
   * An answer is asked for: what was heard before is void.
   *
   * @param cancel ends it, on any thread and at any time; the call then fails with {@link
   *     ModelSilentException}, unless its answer has come
   */
  void begins(Runnable cancel);

  /**
   * Further words of it, as its server sends them: thoughts and markup may be among them.
   *
   * @param words a few; not empty
   */
  void hears(String words);
}
