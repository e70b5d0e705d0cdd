/**
 * The wiring of the library in a Spring Boot application, and the only place that knows of it:
 * configurations, the records of the settings, and what suits which kind of provider.
 */
@NullMarked
package dev.countersign.autoconfigure;

import org.jspecify.annotations.NullMarked;
