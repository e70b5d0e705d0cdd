/**
 * What this client and a provider have agreed on: how the client proves itself, how requests are
 * signed, how ID tokens are. Start at {@link dev.countersign.ciba.client.ClientSettings}.
 */
@NullMarked
package dev.countersign.ciba.client;

import org.jspecify.annotations.NullMarked;
