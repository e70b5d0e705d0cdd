/**
 * Tools that take what a JSON schema says, whoever offers them: start at {@link
 * dev.countersign.guard.schema.SchemaSignature}.
 */
@NullMarked
package dev.countersign.guard.schema;

import org.jspecify.annotations.NullMarked;
