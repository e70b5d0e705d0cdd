package dev.countersign.devservices;

import java.util.Objects;

/** A development service can't be started: the message says what to do. */
final class StandInFailure extends RuntimeException {

  StandInFailure(String sentence) {
    super(sentence);
  }

  StandInFailure(RuntimeException cause) {
    super(Objects.requireNonNullElse(cause.getMessage(), "It can't be started"), cause);
  }
}
