package dev.countersign.guard;

import dev.countersign.approval.Approver;
import dev.countersign.vault.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must be the same for one approval to cover two calls: the user, as the application and the
 * provider know them, the tool and what it takes, its words, scopes and audience, where it is
 * remembered, and all arguments but those that may differ. Frozen with both calls and part of the
 * seal of what is remembered.
 */
final class Likeness {
  private Likeness() {}

  /**
   * SHA-256 in hexadecimal digits.
   *
   * @param scopes of the token
   * @param conversation the only one in which it is remembered; null: in all of the user's
   */
  static String of(
      CallUser user,
      GuardedTool tool,
      RememberTerms remember,
      FrozenArguments arguments,
      List<String> scopes,
      @Nullable String conversation) {
    Approver approver = user.approver();
    List<@Nullable String> parts = new ArrayList<>();
    parts.add(user.sub());
    parts.add(approver == null ? null : approver.claim());
    parts.add(approver == null ? null : approver.value());
    parts.add(tool.name());
    parts.add(tool.fingerprint());
    parts.add(tool.rules().message());
    parts.add(lengths(scopes));
    parts.add(tool.terms().audience());
    parts.add(remember.where().name());
    parts.add(conversation);
    parts.add(lengths(remember.any().stream().sorted().toList()));
    parts.add(arguments.without(remember.any()));
    return Sha256.hex(lengths(parts));
  }

  /** With the length before each, so that no two lists look alike. */
  private static String lengths(List<? extends @Nullable String> texts) {
    return texts.stream()
        .map(text -> text == null ? "-" : text.length() + ":" + text)
        .collect(Collectors.joining());
  }
}
