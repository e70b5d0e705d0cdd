package dev.countersign.ciba.provider;

/** A provider can't be used; the message is for the operator and says what to do. */
public final class DiscoveryException extends RuntimeException {
  DiscoveryException(String message) {
    super(message);
  }
}
