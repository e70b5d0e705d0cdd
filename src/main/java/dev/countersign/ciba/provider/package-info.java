/**
 * What a provider says of itself, and whether that fits what was chosen. Start at {@link
 * dev.countersign.ciba.provider.Discovery}.
 */
@NullMarked
package dev.countersign.ciba.provider;

import org.jspecify.annotations.NullMarked;
