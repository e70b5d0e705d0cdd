package dev.countersign.login;

import org.springframework.security.authentication.AuthenticationServiceException;

/** The provider can't be used for a login: it doesn't answer, or what it says can't be right. */
final class ProviderException extends AuthenticationServiceException {
  private final boolean unavailable;

  private ProviderException(String message, boolean unavailable) {
    super(message);
    this.unavailable = unavailable;
  }

  /** It doesn't answer. */
  static ProviderException unavailable(String reason) {
    return new ProviderException(reason, true);
  }

  /** It answers what can't be right. */
  static ProviderException wrong(String reason) {
    return new ProviderException(reason, false);
  }

  boolean isUnavailable() {
    return unavailable;
  }
}
