package dev.countersign.guard;

import java.time.Duration;
import java.util.List;

/**
 * What is said of remembering the approvals of a tool's calls.
 *
 * @param where an approval covers later calls
 * @param longest how long, an ISO-8601 text such as {@code PT15M}; empty: a quarter of an hour
 * @param any names of the arguments that may differ; all others must be equal
 */
public record RememberRules(Remember where, String longest, List<String> any) {
  /** How long an approval is remembered where that isn't said. */
  public static final Duration USUAL = Duration.ofMinutes(15);

  /** The user is asked for each call. */
  public static final RememberRules NEVER = new RememberRules(Remember.NEVER, "", List.of());

  public RememberRules {
    any = List.copyOf(any);
  }
}
