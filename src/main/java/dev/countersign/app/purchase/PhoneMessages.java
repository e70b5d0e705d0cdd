package dev.countersign.app.purchase;

import java.util.Optional;

/** What a user's phone shows of purchases; some names can't be shown, and then nobody is asked. */
public final class PhoneMessages {
  private final BindingMessage bindingMessage;
  private final PurchaseDetails details;

  /**
   * Words messages within a provider's rules.
   *
   * @param details what the provider is told beside the message
   */
  public PhoneMessages(BindingMessageRules rules, PurchaseDetails details) {
    this.bindingMessage = new BindingMessage(rules);
    this.details = details;
  }

  /**
   * Why nobody can be asked for a purchase.
   *
   * @param toolResult what a model is told, who speaks of the user
   * @param sentence for the user
   */
  public record Refusal(String toolResult, String sentence) {}

  /** The message; empty: the product's name can't be shown truthfully. */
  Optional<String> of(Purchase purchase) {
    Optional<String> message = bindingMessage.naming(purchase);
    return details.of(purchase).isPresent() // they name the product
        ? message.or(() -> bindingMessage.countingItems(purchase))
        : message;
  }

  /** What is wrong with a purchase that has no message, a sentence without its stop. */
  static String problem(Purchase purchase) {
    return "The name \""
        + purchase.product()
        + "\" can't be shown on a phone in the characters that the identity provider allows";
  }

  /** Why nobody can be asked for this purchase; empty: its user can. */
  public Optional<Refusal> refusal(Purchase purchase) {
    if (of(purchase).isPresent()) {
      return Optional.empty();
    }
    Outcome outcome = new Outcome.Unshowable(problem(purchase));
    return Optional.of(new Refusal(outcome.toolResult(), outcome.sentence()));
  }
}
