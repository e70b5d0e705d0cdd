package dev.countersign.guard;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;

/** Makes keys of calls for {@link GuardedCalls#startOnce}. */
public final class CallKey {
  private CallKey() {}

  /** A key that is another one if any of its parts is another one. */
  public static String of(String... parts) {
    return Stream.of(parts).map(part -> part.length() + ":" + part).collect(joining());
  }
}
