package dev.countersign.vault;

/** A sealed secret can't be opened: its key is not there, or it was sealed for another owner. */
public class SealBrokenException extends RuntimeException {
  /** Says what is broken, without any secret. */
  public SealBrokenException(String message) {
    super(message);
  }
}
