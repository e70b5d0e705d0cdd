package dev.countersign.ciba;

/** What only the user knows, so that no stranger rings their phone (CIBA Core 7.1.2). A secret. */
public record UserCode(String value) {
  @Override
  public String toString() {
    return "UserCode[" + value.length() + " characters]";
  }
}
