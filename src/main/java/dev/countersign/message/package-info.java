/**
 * Text for a user's device that says what it means: within the characters that a provider allows,
 * spelled otherwise or cut only so that everyone sees it.
 */
@NullMarked
package dev.countersign.message;

import org.jspecify.annotations.NullMarked;
