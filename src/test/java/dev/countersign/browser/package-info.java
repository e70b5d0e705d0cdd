/**
 * The page in a real browser: Chromium, driven by Playwright, on the real application with the
 * development tenant, the demo shop and a real Temporal server. Start at {@link
 * dev.countersign.browser.BuyingIT}; {@link dev.countersign.browser.WithBrowser} says what every
 * test gets for free.
 */
@NullMarked
package dev.countersign.browser;

import org.jspecify.annotations.NullMarked;
