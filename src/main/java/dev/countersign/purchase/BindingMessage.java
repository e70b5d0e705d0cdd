package dev.countersign.purchase;

import java.util.Optional;

/**
 * Words what the user's phone shows, within the provider's rules. Quantity and price limit are
 * always shown as they are; only the product's name is spelled in other characters, or shortened
 * with a mark that shows it.
 */
final class BindingMessage {
  private final MessageTemplate template;
  private final AllowedCharacters allowed;
  private final NameFitting fitting;
  private final int maxLength;

  BindingMessage(BindingMessageRules rules) {
    template = MessageTemplate.parse(rules.template());
    allowed = new AllowedCharacters(rules.characters(), rules.replacement());
    fitting = new NameFitting(allowed);
    maxLength = rules.maxLength();
  }

  /** The message that names the product; nothing: its name can't be shown truthfully. */
  Optional<String> naming(Purchase purchase) {
    return ShowableName.of(purchase.product(), allowed)
        .flatMap(name -> fitting.fit(name, room(purchase)))
        .map(name -> filled(purchase, name));
  }

  /**
   * The message that doesn't name the product, for where the user sees its name beside it: {@code
   * Do you want to buy 2 items}.
   */
  Optional<String> countingItems(Purchase purchase) {
    String items = purchase.qty() == 1 ? "item" : "items";
    return allowed.without(items).isEmpty() && items.length() <= room(purchase)
        ? Optional.of(filled(purchase, items))
        : Optional.empty();
  }

  private int room(Purchase purchase) {
    return maxLength - filled(purchase, "").length();
  }

  private String filled(Purchase purchase, String product) {
    return template.fill(purchase.qty(), purchase.priceLimit(), product);
  }
}
