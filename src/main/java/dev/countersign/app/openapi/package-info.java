/**
 * Describes the API as OpenAPI 3.1, where {@code countersign.api.documentation} is true. Start at
 * {@code DocumentConfiguration}. Types, limits and paths come from the controllers and their
 * records; words and examples from {@code api.yaml} beside the classes.
 */
@NullMarked
package dev.countersign.app.openapi;

import org.jspecify.annotations.NullMarked;
