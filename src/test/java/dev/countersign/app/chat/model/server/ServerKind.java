package dev.countersign.app.chat.model.server;

import org.jspecify.annotations.Nullable;

/** A kind of model server: what it refuses, and the shape of its answers. One for each server. */
public interface ServerKind {

  /** Where its API begins, such as {@code /v1}. */
  default String path() {
    return "/v1";
  }

  /** Where it answers. */
  default String target() {
    return path() + "/chat/completions";
  }

  /** A request in OpenAI's form, as the model behind it reads one. */
  default WireRequest understood(WireRequest request) {
    return request;
  }

  /** What it says to a request by its rules; null: it takes it. */
  @Nullable Refusal refusal(WireRequest request);

  /** What it says although the request keeps all rules; null: nothing, it answers. */
  default @Nullable Refusal mishap(WireRequest request, Thought thought) {
    return null;
  }

  /** An answer in its shape. */
  Completion answer(WireRequest request, Thought thought);

  /** How it streams an answer. */
  default Streaming streaming() {
    return Streaming.FRAGMENTS;
  }
}
