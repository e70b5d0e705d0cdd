package dev.countersign.guard;

import dev.countersign.approval.ReAsk;
import dev.countersign.workflow.Backoff;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms of calls: of one method, or of every one that doesn't say otherwise.
 *
 * @param scopes of the approved token, {@code openid} among them (CIBA Core 7.1)
 * @param audience the API that the token is for; null: the provider's default
 * @param acrValues how strongly users should authenticate; null: not said
 * @param requestedExpiry how long a user should have for the answer, whole seconds
 * @param reAsk null: users are not asked again after an expiry
 * @param await how long a caller waits for the end of a call before it is told that the user was
 *     asked; 0: not at all
 * @param run how methods are run
 */
public record CallTerms(
    List<String> scopes,
    @Nullable String audience,
    @Nullable List<String> acrValues,
    Duration requestedExpiry,
    @Nullable ReAsk reAsk,
    Duration await,
    RunTerms run) {
  private static final Duration LONGEST_PATIENCE = Duration.ofDays(7);
  private static final Duration LONGEST_SETTLING = Duration.ofDays(30);

  /**
   * These, where a method doesn't say otherwise.
   *
   * @throws IllegalArgumentException naming the attribute that is wrong
   */
  CallTerms of(ToolRules rules) {
    Set<String> wanted = new LinkedHashSet<>(scopes);
    wanted.addAll(rules.scopes());
    Duration patience = patience(duration("giveUpAfter", rules.giveUpAfter(), run.patience()));
    return new CallTerms(
        List.copyOf(wanted),
        rules.audience().isEmpty() ? audience : rules.audience(),
        rules.acr().isEmpty() ? acrValues : rules.acr(),
        atLeast(
            Duration.ofSeconds(1), duration("expiry", rules.expiry(), requestedExpiry), "expiry"),
        reAsk,
        atLeast(Duration.ZERO, duration("await", rules.await(), await), "await"),
        new RunTerms(
            rules.idempotent() || run.idempotent(),
            atLeast(
                Duration.ofMillis(1),
                duration("timeout", rules.timeout(), run.timeout()),
                "timeout"),
            patience,
            Backoff.longestFor(patience),
            run.askAgainWhenTokenEnds(),
            settleWithin(rules),
            null,
            run.listened()));
  }

  /** These, with outcomes that can be looked up. */
  CallTerms withLookUp() {
    return new CallTerms(
        scopes, audience, acrValues, requestedExpiry, reAsk, await, run.withLookUp());
  }

  private @Nullable Duration settleWithin(ToolRules rules) {
    if (rules.settleWithin().isEmpty()) {
      return run.settleWithin();
    }
    Duration within = duration("settleWithin", rules.settleWithin(), Duration.ZERO);
    if (within.isNegative() || within.compareTo(LONGEST_SETTLING) > 0) {
      throw new IllegalArgumentException(
          "settleWithin must be PT0S to " + LONGEST_SETTLING + ", but is " + within);
    }
    return within.isZero() ? null : within;
  }

  private static Duration duration(String attribute, String text, Duration otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          attribute + " must be an ISO-8601 duration such as PT5M, but is \"" + text + "\"", e);
    }
  }

  private static Duration atLeast(Duration least, Duration value, String attribute) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          attribute + " must be at least " + least + ", but is " + value);
    }
    return value;
  }

  private static Duration patience(Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST_PATIENCE) > 0) {
      throw new IllegalArgumentException(
          "giveUpAfter must be PT0S to " + LONGEST_PATIENCE + ", but is " + value);
    }
    return value;
  }
}
