package dev.countersign.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that take {@link Browsers} as a parameter. Each test has browsers of its own, which share
 * nothing. At its end they are closed, and the test fails if anything went wrong in one of them
 * that was not expected, as {@link Guard} says. A failed test leaves a picture of each page and a
 * trace in {@code target/browser}.
 *
 * <p>As a parameter they may also take the {@link dev.countersign.e2e.Product} that they share.
 *
 * <p>Without Chromium on the machine the tests are skipped; where {@code CI} is {@code true}, they
 * fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({BrowserExtension.class, SharedProduct.class})
@interface WithBrowser {}
