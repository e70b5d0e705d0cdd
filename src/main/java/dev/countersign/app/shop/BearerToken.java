package dev.countersign.app.shop;

/** An access token in the clear; its {@code toString} doesn't show it. */
public record BearerToken(String value) {
  @Override
  public String toString() {
    return "BearerToken[" + value.length() + " characters]";
  }
}
