package dev.countersign.app.call;

import dev.countersign.ciba.LoginHintTemplate;

/**
 * How the provider that asks knows the users.
 *
 * @param loginHint makes the {@code login_hint} of the login's claims
 * @param userClaim the claim that must be the same in the login and in the ID token of the
 *     approval: {@code sub}, or where another issuer logs users in, one that both know, {@code
 *     email} for example
 * @param userCodes whether the provider takes a {@code user_code} (CIBA Core 7.1.2)
 * @param callerHints whether a call may name who is asked, by a token of its own: it may ring
 *     another user's phone, though only the caller's approval counts
 */
public record ApproverSettings(
    LoginHintTemplate loginHint, String userClaim, boolean userCodes, boolean callerHints) {}
