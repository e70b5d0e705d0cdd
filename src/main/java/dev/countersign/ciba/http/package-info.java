/**
 * Speaks with a provider: writes its requests, reads its answers. Start at {@link
 * dev.countersign.ciba.http.HttpBackchannelClient}.
 */
@NullMarked
package dev.countersign.ciba.http;

import org.jspecify.annotations.NullMarked;
