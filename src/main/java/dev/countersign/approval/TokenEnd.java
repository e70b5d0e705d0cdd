package dev.countersign.approval;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When an approved token is no longer used: a little before it ends, for its way. */
public final class TokenEnd {
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private TokenEnd() {}

  /** Whether a token must not be used any more; one whose end is unknown always may. */
  public static boolean hasCome(@Nullable Instant tokenEndsAt, Instant now) {
    return tokenEndsAt != null && !now.plus(MARGIN).isBefore(tokenEndsAt);
  }
}
