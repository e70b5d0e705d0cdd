package dev.countersign.devservices.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The outcome of a call, which comes in the role of the user.
 *
 * @param arguments a JSON object
 */
record ToldOutcome(String tool, String arguments, String result) {
  private static final Pattern FORM =
      Pattern.compile("(?s)\\[Outcome of (\\S+) (\\{.*?}), not said by the user]\\n(.*)");

  /** That of a message; empty: it is something else. */
  static Optional<ToldOutcome> in(ChatMessage message) {
    if (!(message instanceof UserMessage user)) {
      return Optional.empty();
    }
    Matcher told = FORM.matcher(user.singleText());
    return told.matches()
        ? Optional.of(
            new ToldOutcome(told.group(1), told.group(2), told.group(3).replaceAll("(?m)^> ", "")))
        : Optional.empty();
  }

  /** Whether a message is of the user's own words. */
  static boolean isQuestion(ChatMessage message) {
    return message instanceof UserMessage && in(message).isEmpty();
  }
}
