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
  private @Nullable String received;

  /**
   * One whose request has messages of the assistant.
   *
   * @param extras of each of these messages, in their order, as {@link #extras} gave them; null:
   *     none
   */
  public WireCall(List<@Nullable String> extras) {
    sent = new ArrayList<>(extras);
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
    return CURRENT.isBound() ? CURRENT.get() : new WireCall(List.of());
  }

  /** Of the assistant's message of that place, from 0; null: none. */
  @Nullable String extrasOf(int message) {
    return message < sent.size() ? sent.get(message) : null;
  }

  void received(@Nullable String extras) {
    received = extras;
  }
}
