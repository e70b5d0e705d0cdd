package dev.countersign.ciba;

/**
 * What the provider proves itself with when it notifies the client in ping mode (CIBA Core 7.1).
 *
 * @param value a bearer token (RFC 6750 2.1), at most 1,024 characters, at least 128 bits of which
 *     are random
 */
public record ClientNotificationToken(String value) {
  @Override
  public String toString() {
    return "ClientNotificationToken[" + value.length() + " characters]";
  }
}
