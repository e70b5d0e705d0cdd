package dev.countersign.app.login;

import java.util.function.Supplier;

/** How this application proves at the token endpoint who it is (OpenID Connect Core 9). */
public sealed interface ClientProof {

  /**
   * The secret in the way that the provider offers, {@code client_secret_basic} first.
   *
   * @param secret empty: a public client, which has nothing but PKCE
   */
  record AsOffered(String secret) implements ClientProof {
    @Override
    public String toString() {
      return "AsOffered[]";
    }
  }

  /** {@code client_secret_basic}. */
  record SecretBasic(String secret) implements ClientProof {
    @Override
    public String toString() {
      return "SecretBasic[]";
    }
  }

  /** {@code client_secret_post}. */
  record SecretPost(String secret) implements ClientProof {
    @Override
    public String toString() {
      return "SecretPost[]";
    }
  }

  /**
   * {@code private_key_jwt} (RFC 7523 2.2).
   *
   * @param signed makes a new assertion for each request
   */
  record Assertion(Supplier<String> signed) implements ClientProof {}

  /** The certificate of the connection and nothing else (RFC 8705 2). */
  record Certificate() implements ClientProof {}
}
