package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

/** A purchase as the chat shows it. */
record PurchaseCard(Locator card) {
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

  /** The step that the purchase is at. */
  Locator currentStep() {
    return card.getByRole(AriaRole.LIST, new Locator.GetByRoleOptions().setName("Progress"))
        .locator("[aria-current=step]");
  }
}
