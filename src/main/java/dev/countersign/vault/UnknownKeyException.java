package dev.countersign.vault;

/** A sealed secret can't be opened here: this process has not the key that sealed it. */
public final class UnknownKeyException extends SealBrokenException {

  UnknownKeyException(String keyId) {
    super("A secret was sealed with key " + keyId + ", which COUNTERSIGN_KEYS doesn't have");
  }
}
