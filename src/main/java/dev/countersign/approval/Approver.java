package dev.countersign.approval;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.countersign.vault.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * Who is to approve, as the provider knows them. What is secret in it is sealed with the request's
 * {@code userID} as owner. The names on the wire live in workflow histories: never change one.
 *
 * @param hint how the request names them
 * @param claim the claim of the ID token that tells who approved
 * @param value what that claim must be
 * @param userCode null: none
 */
public record Approver(Hint hint, String claim, String value, @Nullable Sealed userCode) {

  /** How the request names them: exactly one of three ways (CIBA Core 7.1). */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Hint.Login.class, name = "login"),
    @JsonSubTypes.Type(value = Hint.IdToken.class, name = "idToken"),
    @JsonSubTypes.Type(value = Hint.LoginToken.class, name = "loginToken")
  })
  public sealed interface Hint {
    /** {@code login_hint}. */
    record Login(String value) implements Hint {}

    /** {@code id_token_hint}. */
    record IdToken(Sealed token) implements Hint {}

    /** {@code login_hint_token}. */
    record LoginToken(Sealed token) implements Hint {}
  }
}
