/**
 * Client for OpenID Connect Client-Initiated Backchannel Authentication (CIBA) Core 1.0, poll and
 * ping mode: what is asked of a provider and what comes of it. Start at {@link
 * dev.countersign.ciba.BackchannelClient}: one method asks the user, one asks once for the answer,
 * one checks what was granted. All return sealed results; none throws for anything that a provider
 * or a network can do. Knows neither Temporal nor Spring.
 */
@NullMarked
package dev.countersign.ciba;

import org.jspecify.annotations.NullMarked;
