package dev.countersign.app.signout;

import org.jspecify.annotations.Nullable;

/**
 * A session, as sign-outs know it.
 *
 * @param session stands for it
 * @param providerSession stands for the session at the provider; null: none is known
 * @param user stands for the user
 * @param since when they logged in, in seconds since 1970, by the provider's clock
 */
public record SignedIn(String session, @Nullable String providerSession, String user, long since) {}
