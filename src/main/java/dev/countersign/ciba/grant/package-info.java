/**
 * Whether what was granted is what was asked, and whether its ID token is to be trusted. Start at
 * {@link dev.countersign.ciba.grant.GrantVerifier}.
 */
@NullMarked
package dev.countersign.ciba.grant;

import org.jspecify.annotations.NullMarked;
