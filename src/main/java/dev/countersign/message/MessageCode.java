package dev.countersign.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * A short code at the end of a message, which tells equal questions apart: {@code Do you want to
 * buy 2 headphones (K7QX)}. A function of the call's id alone, so that it is the same wherever the
 * call is shown. It proves nothing: of a thousand questions two may well have the same.
 */
public final class MessageCode {
  /** No vowels, which make words, and nothing that is taken for something else. */
  private static final String ALPHABET = "BCDFGHJKMNPQRTVWX3479";

  private static final int LENGTH = 4;

  /** The first whose characters are allowed. */
  private static final List<String> FORMS = List.of(" (%s)", " #%s", " - %s", ": %s");

  private final String code;

  private MessageCode(String code) {
    this.code = code;
  }

  /** The code of a call. */
  public static MessageCode of(String callId) {
    byte[] digest = sha256(callId);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      int number = ((digest[2 * i] & 0xff) << 8) | (digest[2 * i + 1] & 0xff);
      code.append(ALPHABET.charAt(number % ALPHABET.length()));
    }
    return new MessageCode(code.toString());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** The message with this code at its end; as it is, where the provider's rules leave no room. */
  public String appendedTo(String message, MessageRules rules) {
    AllowedCharacters allowed = new AllowedCharacters(rules.characters(), rules.replacement());
    return FORMS.stream()
        .map(form -> Phrasing.spaced(form.formatted(code), allowed))
        .filter(end -> allowed.without(end).isEmpty())
        .map(end -> message + end)
        .filter(whole -> whole.length() <= rules.maxLength())
        .findFirst()
        .orElse(message);
  }

  /** The message without this code, if it ends in it. */
  public String removedFrom(String message) {
    return end(message).map(end -> message.substring(0, end)).orElse(message);
  }

  private Optional<Integer> end(String message) {
    return FORMS.stream()
        .map(form -> form.formatted(code))
        .filter(form -> message.length() >= form.length())
        .filter(form -> isAtEnd(form, message))
        .map(form -> message.length() - form.length())
        .findFirst();
  }

  /** What stands for a space may be another character. */
  private static boolean isAtEnd(String form, String message) {
    String end = message.substring(message.length() - form.length());
    return form.equals(end)
        || List.of("_", "-").stream().anyMatch(gap -> form.replace(" ", gap).equals(end));
  }

  /** As it stands in a message, without what is around it. */
  @Override
  public String toString() {
    return code;
  }
}
