package dev.countersign.client;

import java.util.Objects;

/** A workflow didn't answer in time, or Temporal couldn't be asked. */
public final class NoAnswerException extends RuntimeException {
  NoAnswerException(RuntimeException reason) {
    super(Objects.requireNonNullElse(reason.getCause(), reason).toString(), reason);
  }
}
