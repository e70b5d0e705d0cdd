package dev.countersign.app.purchase;

import dev.countersign.message.AllowedCharacters;
import dev.countersign.message.NameFitting;
import dev.countersign.message.ShowableName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Words what the user's phone shows, within the provider's rules. Quantity and price limit are
 * always shown as they are; only the product's name is spelled in other characters, or shortened
 * with a mark that shows it. Between the quantity and a name that begins with a number stands an
 * {@code x}: {@code 2 x 55 inch TV}, for {@code 2 000 lamps} would be two thousand.
 */
final class BindingMessage {
  private static final Pattern BEGINS_WITH_NUMBER =
      Pattern.compile(
          "(?iU)[^\\p{L}]*\\p{N}|[x×*][^\\p{L}]*\\p{N}|(dozen|hundred|thousand|million|billion|k)(?!\\p{L})");

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
        .filter(name -> !template.readsAsLimit(name) && !template.readsAsLimit(purchase.product()))
        .flatMap(name -> {
          String times = times(name);
          return allowed.without(times).isEmpty()
              ? fitting.fit(name, room(purchase) - times.length()).map(times::concat)
              : Optional.empty();
        })
        .map(name -> filled(purchase, name));
  }

  private String times(String name) {
    return template.hasProductAfterQty() && BEGINS_WITH_NUMBER.matcher(name).lookingAt()
        ? "x" + allowed.gap(true)
        : "";
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
