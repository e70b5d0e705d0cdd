/**
 * Private keys of this client: read from PEM and JWK files, checked, never shown. Start at {@link
 * dev.countersign.ciba.key.SigningKey}.
 */
@NullMarked
package dev.countersign.ciba.key;

import org.jspecify.annotations.NullMarked;
