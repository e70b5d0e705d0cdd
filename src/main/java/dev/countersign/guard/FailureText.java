package dev.countersign.guard;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of failures of the host's code. */
final class FailureText {
  private static final int MOST_FRAMES = 15;

  private FailureText() {}

  static String kind(@Nullable Throwable failure) {
    return failure == null ? "an unknown failure" : failure.getClass().getSimpleName();
  }

  /** Without messages, which may hold anything: a header with the token, for example. */
  static String where(@Nullable Throwable failure) {
    return failure == null
        ? ""
        : failure.getClass().getName()
            + Arrays.stream(failure.getStackTrace())
                .limit(MOST_FRAMES)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
  }
}
