package dev.countersign.autoconfigure;

import dev.countersign.question.QuestionTerms;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a user may be asked, over all tools and processes.
 *
 * @param open most questions at a time that a user has not answered, up to 1,000; 0: no limit
 * @param holdFor after which a question that nobody answers is no longer among them; at most 7 days
 * @param line most questions that wait until one of those is answered, up to 1,000
 * @param lineFor how long one waits; at most 7 days
 * @param perHour most questions in any hour, up to 1,000; 0: no limit
 * @param perDay the same in any 24 hours
 * @param denials so many in a row within {@code coolDown}, and the user isn't asked for as long; up
 *     to 100; 0: never
 * @param coolDown at most 7 days
 */
@ConfigurationProperties("countersign.guard.questions")
public record QuestionProperties(
    @DefaultValue("5") int open,
    @DefaultValue("15m") Duration holdFor,
    @DefaultValue("20") int line,
    @DefaultValue("1h") Duration lineFor,
    @DefaultValue("60") int perHour,
    @DefaultValue("200") int perDay,
    @DefaultValue("3") int denials,
    @DefaultValue("10m") Duration coolDown) {
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int MOST = 1_000;
  private static final int MOST_DENIALS = 100;

  public QuestionProperties {
    check("open", open, MOST);
    check("line", line, MOST);
    check("per-hour", perHour, MOST);
    check("per-day", perDay, MOST);
    check("denials", denials, MOST_DENIALS);
    check("hold-for", holdFor);
    check("line-for", lineFor);
    check("cool-down", coolDown);
  }

  private static void check(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          setting(name) + " must be 0 to " + most + ", but is " + value + ".");
    }
  }

  private static void check(String name, Duration value) {
    if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          setting(name) + " must be more than 0 and at most 7 days, but is " + value + ".");
    }
  }

  private static String setting(String name) {
    return "countersign.guard.questions.%s (COUNTERSIGN_GUARD_QUESTIONS_%s)"
        .formatted(name, name.replace("-", "").toUpperCase(Locale.ROOT));
  }

  QuestionTerms terms() {
    return new QuestionTerms(open, holdFor, line, lineFor, perHour, perDay, denials, coolDown);
  }
}
