package dev.countersign.app.login;

import org.springframework.security.authentication.AuthenticationServiceException;

/** The provider can't be used for a login: it doesn't answer, or what it says can't be right. */
final class ProviderException extends AuthenticationServiceException {
  private final boolean unavailable;
  private final boolean repeated;

  private ProviderException(String message, boolean unavailable, boolean repeated) {
    super(message);
    this.unavailable = unavailable;
    this.repeated = repeated;
  }

  /** It doesn't answer. */
  static ProviderException unavailable(String reason) {
    return new ProviderException(reason, true, false);
  }

  /** It answers what can't be right. */
  static ProviderException wrong(String reason) {
    return new ProviderException(reason, false, false);
  }

  /** The same, to somebody for whom nobody was asked. */
  ProviderException again() {
    return new ProviderException(String.valueOf(getMessage()), unavailable, true);
  }

  boolean isRepeated() {
    return repeated;
  }

  boolean isUnavailable() {
    return unavailable;
  }
}
