package dev.countersign.app.chat.model.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of the model, as it is on the wire: what goes with its request and came with its answer
 * and isn't in LangChain4j's messages. Models that don't use {@link ModelHttpClient} ignore it.
 */
public final class WireCall {
  private static final ScopedValue<WireCall> CURRENT = ScopedValue.newInstance();

  private final List<@Nullable String> sent;
  private final @Nullable WordsListener listener;
  private @Nullable String received;

  /**
   * One whose request has messages of the assistant.
   *
   * @param extras of each of these messages, in their order, as {@link #extras} gave them; null:
   *     none
   * @param listener hears the answer while it comes; null: it comes whole
   */
  public WireCall(List<@Nullable String> extras, @Nullable WordsListener listener) {
    sent = new ArrayList<>(extras);
    this.listener = listener;
  }

  /** Calls the model; on this thread. */
  public <T> T call(Supplier<T> model) {
    return ScopedValue.where(CURRENT, this).call(model::get);
  }

  /**
   * What the answer had beside its text and calls and must come back with them: a JSON object;
   * null: nothing.
   */
  public @Nullable String extras() {
    return received;
  }

  /** That of this thread; one without anything where there is none. */
  static WireCall current() {
    return CURRENT.isBound() ? CURRENT.get() : new WireCall(List.of(), null);
  }

  /** Of the assistant's message of that place, from 0; null: none. */
  @Nullable String extrasOf(int message) {
    return message < sent.size() ? sent.get(message) : null;
  }

  /** Who hears the answer while it comes; null: it comes whole. */
  @Nullable WordsListener listener() {
    return listener;
  }

  void received(@Nullable String extras) {
    received = extras;
  }
}
