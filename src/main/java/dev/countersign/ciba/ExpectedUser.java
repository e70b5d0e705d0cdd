package dev.countersign.ciba;

/**
 * Whom the ID token must be about.
 *
 * @param claim the claim of the ID token that tells: {@code sub}, or where another issuer logs
 *     users in, one that both issuers know, {@code email} for example; not one that the token
 *     itself calls unverified ({@code email_verified}, OpenID Connect Core 5.1)
 * @param value what it must be
 */
public record ExpectedUser(String claim, String value) {}
