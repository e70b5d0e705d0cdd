package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** A purchase as the chat shows it. */
record PurchaseCard(Locator card) {
  /** What means something to JavaScript, which reads the name. */
  private static final Pattern LITERAL = Pattern.compile("[.*+?^${}()|\\[\\]\\\\/]");

  /** What the card is called, which ends in a short code where the application shows one. */
  static Pattern name(String purchase) {
    return Pattern.compile(
        "^Request: Do you want to buy "
            + LITERAL.matcher(purchase).replaceAll("\\\\$0")
            + "( #[A-Z0-9]{4})?$");
  }

  /** Waits until the purchase stands so. */
  PurchaseCard awaiting(String status) {
    assertThat(card).hasAttribute("data-status", status);
    return this;
  }

  String id() {
    return card.getAttribute("data-call-id");
  }

  Locator bindingMessage() {
    return card.locator(".binding-message");
  }

  Locator countdown() {
    return card.getByRole(AriaRole.TIMER);
  }

  Locator outcome() {
    return card.locator(".outcome");
  }

  Locator cancel() {
    return card.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel request"));
  }

  /** What the card calls its state. */
  Locator label() {
    return card.locator(".call-label");
  }

  /** The box that says what the phone shows. */
  Locator onThePhone() {
    return card.getByText("Your phone shows");
  }

  /** That a phone may still ask, and that it doesn't count. */
  Locator stillThere() {
    return card.locator(".call-note");
  }

  /** What the assistant has said of it. */
  Locator words() {
    return card.locator("li.message[data-role=assistant]");
  }

  Locator askAgain() {
    return card.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Ask again").setExact(true));
  }
}
