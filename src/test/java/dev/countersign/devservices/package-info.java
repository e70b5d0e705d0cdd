/**
 * What only helps development and tests: an identity tenant with a phone, a demo shop, a real
 * Temporal server and an offline model. Start at {@link
 * dev.countersign.devservices.DevelopmentApplication}. Nothing of it enters the jar.
 */
@NullMarked
package dev.countersign.devservices;

import org.jspecify.annotations.NullMarked;
