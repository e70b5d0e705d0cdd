package dev.countersign.autoconfigure;

import dev.countersign.guard.RunTerms;
import dev.countersign.guard.UserDigest;
import dev.countersign.settings.InvalidSettingException;
import dev.countersign.workflow.Backoff;
import java.time.Duration;
import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The terms of calls of guarded methods that don't say otherwise.
 *
 * @param await how long a caller waits for the end of a call before it is told that the user was
 *     asked; 0: not at all
 * @param timeout the longest that one run of a method may take
 * @param giveUpAfter how long a method is run again while it says that it has done nothing, at most
 *     7 days; pauses grow to a thirtieth of it, 30 s at least and 30 min at most
 * @param settleWithin how long an operator can settle an unknown outcome by the signal {@code
 *     settle}; at most 30 days; 0: the call ends at once
 * @param userKey Base64 of 32 bytes: makes what stands for users in workflow ids and search
 *     attributes; must stay the same for as long as calls are to be found; needed where there is a
 *     guarded method
 * @param events whether {@link dev.countersign.guard.CallNews} are published as Spring application
 *     events too, under the rules of {@link dev.countersign.guard.CallListener}
 */
@ConfigurationProperties("countersign.guard")
public record GuardProperties(
    @DefaultValue("0s") Duration await,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("15m") Duration giveUpAfter,
    @DefaultValue("7d") Duration settleWithin,
    @DefaultValue("") String userKey,
    @DefaultValue("false") boolean events) {
  private static final Duration MOST_PATIENCE = Duration.ofDays(7);
  private static final Duration MOST_SETTLING = Duration.ofDays(30);
  private static final int KEY_BYTES = 32;
  private static final String USER_KEY = "countersign.guard.user-key (COUNTERSIGN_GUARD_USERKEY)";

  /** What is told where there is something to guard, and no key. */
  public static final String NO_USER_KEY =
      USER_KEY
          + " is not set, but there are tools to guard. Make a key with \"openssl rand"
          + " -base64 32\" and keep it: calls are found by it.";

  public GuardProperties {
    if (await.isNegative()) {
      throw new IllegalArgumentException(
          "countersign.guard.await (COUNTERSIGN_GUARD_AWAIT) must not be negative, but is "
              + await.toMillis()
              + "ms.");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException(
          "countersign.guard.timeout (COUNTERSIGN_GUARD_TIMEOUT) must be more than 0, but is "
              + timeout.toMillis()
              + "ms.");
    }
    if (giveUpAfter.isNegative() || giveUpAfter.compareTo(MOST_PATIENCE) > 0) {
      throw new IllegalArgumentException(
          "countersign.guard.give-up-after (COUNTERSIGN_GUARD_GIVEUPAFTER) must be 0 to 7 days, but"
              + " is "
              + giveUpAfter.toSeconds()
              + "s.");
    }
    if (settleWithin.isNegative() || settleWithin.compareTo(MOST_SETTLING) > 0) {
      throw new IllegalArgumentException(
          "countersign.guard.settle-within (COUNTERSIGN_GUARD_SETTLEWITHIN) must be 0 to 30 days, but"
              + " is "
              + settleWithin.toHours()
              + " hours.");
    }
    if (!userKey.isBlank()) {
      digest(userKey);
    }
  }

  /**
   * Stands for users.
   *
   * @throws InvalidSettingException if there is no key
   */
  public UserDigest userDigest() {
    if (userKey.isBlank()) {
      throw new InvalidSettingException(NO_USER_KEY);
    }
    return digest(userKey);
  }

  private static UserDigest digest(String key) {
    try {
      byte[] bytes = Base64.getDecoder().decode(key.strip());
      if (bytes.length >= KEY_BYTES) {
        return new UserDigest(bytes);
      }
    } catch (IllegalArgumentException _) {
      // told below, with nothing of the key
    }
    throw new IllegalArgumentException(
        USER_KEY + " must be Base64 of at least " + KEY_BYTES + " bytes.");
  }

  /** How methods are run. */
  RunTerms runTerms(boolean askAgainWhenTokenEnds) {
    return new RunTerms(
        false,
        timeout,
        giveUpAfter,
        Backoff.longestFor(giveUpAfter),
        askAgainWhenTokenEnds,
        settleWithin.isZero() ? null : settleWithin,
        null);
  }

  @Override
  public String toString() {
    return "GuardProperties[await=" + await + ", timeout=" + timeout + "]";
  }
}
