package dev.countersign.ciba;

/**
 * How a request names the user: exactly one of the three that CIBA Core 7.1 knows, so that never
 * two are sent.
 */
public sealed interface UserHint {

  /** {@code login_hint}: whatever the provider knows the user by. */
  record LoginHint(String value) implements UserHint {}

  /** {@code id_token_hint}: an ID token of the user's that this provider has issued. A secret. */
  record IdTokenHint(String value) implements UserHint {
    @Override
    public String toString() {
      return "IdTokenHint[" + value.length() + " characters]";
    }
  }

  /** {@code login_hint_token}: a token that names the user, from whoever knows them. A secret. */
  record LoginHintToken(String value) implements UserHint {
    @Override
    public String toString() {
      return "LoginHintToken[" + value.length() + " characters]";
    }
  }
}
