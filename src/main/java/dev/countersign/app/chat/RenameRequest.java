package dev.countersign.app.chat;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PATCH /api/chat/{conversationId}}.
 *
 * @param title what the conversation is to be called: 1 to 80 characters, at least one of them
 *     visible, none a control character or one that turns the direction of the text around it;
 *     those that join letters and emoji are allowed
 */
record RenameRequest(
    @NotNull(message = "must be given")
        @Pattern(
            regexp = "[[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]\\u200C\\u200D]{1,80}",
            message =
                "must have 1 to 80 characters, and no control or bidirectional-override"
                    + " characters")
        @Pattern(
            regexp = "(?U).*[\\p{L}\\p{N}\\p{S}\\p{P}].*|",
            message = "must contain visible characters")
        @Nullable String title) {

  /**
   * The title, once this request has been found valid: in one line, without space around it.
   *
   * @throws IllegalStateException if it was not
   */
  String toTitle() {
    if (title == null) {
      throw new IllegalStateException("This request has not been validated");
    }
    return title.strip().replaceAll("(?U)\\s+", " ");
  }

  /** Shows nothing that a user says: Spring logs this at DEBUG. */
  @Override
  public String toString() {
    return "RenameRequest[title of " + (title == null ? 0 : title.length()) + " characters]";
  }
}
