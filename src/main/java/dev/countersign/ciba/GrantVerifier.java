package dev.countersign.ciba;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a grant may be used: compared with what was asked, its ID token verified. */
final class GrantVerifier {
  private final @Nullable Boolean idTokenRequired;
  private final IdTokenCheck idTokens;

  /**
   * For one client of one provider.
   *
   * @param idTokenRequired null: when {@code openid} was asked; always where an {@code
   *     id_token_hint} or a {@code login_hint_token} named the user
   */
  GrantVerifier(@Nullable Boolean idTokenRequired, IdTokenCheck idTokens) {
    this.idTokenRequired = idTokenRequired;
    this.idTokens = idTokens;
  }

  GrantCheck verify(
      Tokens tokens, AuthenticationRequest asked, AuthReqId authReqId, Duration sinceAsked) {
    String fault = GrantComparison.fault(tokens, asked);
    if (fault != null) {
      return new GrantCheck.Invalid(fault);
    }
    String idToken = tokens.idToken();
    if (idToken != null) { // also where none is required: a wrong one is no good sign
      return idTokens.check(idToken, tokens.accessToken(), asked.user(), authReqId, sinceAsked);
    }
    return isIdTokenRequired(asked)
        ? new GrantCheck.Invalid("The provider sent no ID token, so nobody knows who approved.")
        : new GrantCheck.Valid();
  }

  /** By a token for which nobody here vouches, anyone might have been asked. */
  private boolean isIdTokenRequired(AuthenticationRequest asked) {
    boolean named = asked.hint() instanceof UserHint.LoginHint;
    return !named
        || (idTokenRequired == null ? asked.scopes().contains("openid") : idTokenRequired);
  }
}
