package dev.countersign.ciba.client;

/** The client's password at the provider; its {@code toString} doesn't show it. */
public record ClientSecret(String value) {
  @Override
  public String toString() {
    return "ClientSecret[" + value.length() + " characters]";
  }
}
