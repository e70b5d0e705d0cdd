package dev.countersign.app.chat.budget;

import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What each user may use in any 24 hours, over all processes.
 *
 * @param conversationsADay most conversations that they begin, 0 to 1,000; 0: no limit
 * @param tokensADay tokens of the language model, read and written, after which it isn't asked for
 *     them any more; 0 to 1,000,000,000,000; 0: no limit
 */
@ConfigurationProperties("countersign.chat.limits")
public record BudgetProperties(
    @DefaultValue("200") int conversationsADay, @DefaultValue("2000000") long tokensADay) {
  private static final int MOST_CONVERSATIONS = 1_000; // each is kept by its name
  private static final long MOST_TOKENS = 1_000_000_000_000L;

  public BudgetProperties {
    check("conversations-a-day", conversationsADay, MOST_CONVERSATIONS);
    check("tokens-a-day", tokensADay, MOST_TOKENS);
  }

  private static void check(String name, long value, long most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          "countersign.chat.limits.%s (COUNTERSIGN_CHAT_LIMITS_%s) must be 0 to %d, but is %d."
              .formatted(name, name.replace("-", "").toUpperCase(Locale.ROOT), most, value));
    }
  }

  BudgetTerms terms() {
    return new BudgetTerms(conversationsADay, tokensADay);
  }
}
