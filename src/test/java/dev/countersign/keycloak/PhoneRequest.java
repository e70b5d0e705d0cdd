package dev.countersign.keycloak;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the phone was asked.
 *
 * @param token the only proof that an answer is the phone's
 * @param body {@code login_hint}, {@code binding_message}, {@code scope} and more
 */
public record PhoneRequest(String token, JsonNode body) {
  /** A member of the body; empty if there is none. */
  public String text(String name) {
    return body.path(name).asText();
  }
}
