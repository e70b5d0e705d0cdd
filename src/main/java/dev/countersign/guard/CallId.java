package dev.countersign.guard;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The workflow id of a call, {@code <tool>-<user>-<name>}: another user's call can't be named.
 *
 * @param user {@link UserDigest} of the user who is asked
 * @param name 1 to 80 hexadecimal digits and {@code -}
 */
record CallId(String tool, String user, String name) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_]{1,40})-([0-9a-f]{32})-([0-9a-f-]{1,80})");

  CallId {
    if (!FORM.matcher(text(tool, user, name)).matches()) {
      throw new IllegalArgumentException(
          "A call's name must be 1 to 80 hexadecimal digits and -, but is \"" + name + "\"");
    }
  }

  /** Empty: it is no call's. */
  static Optional<CallId> of(String id) {
    Matcher matcher = FORM.matcher(id);
    return matcher.matches()
        ? Optional.of(new CallId(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  private static String text(String tool, String user, String name) {
    return tool + "-" + user + "-" + name;
  }

  @Override
  public String toString() {
    return text(tool, user, name);
  }
}
