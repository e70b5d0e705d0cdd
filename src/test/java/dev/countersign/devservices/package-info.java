/**
 * What only helps development and tests: an identity tenant with a phone, a demo shop, a real
 * Temporal server and an offline model. Nothing of it enters the library's jar. Start at {@link
 * dev.countersign.devservices.DevelopmentApplication}, which {@code spring-boot:test-run} runs
 * here, and at {@link dev.countersign.devservices.CountersignDevelopmentServices}, which whoever
 * uses the library has.
 */
@NullMarked
package dev.countersign.devservices;

import org.jspecify.annotations.NullMarked;
