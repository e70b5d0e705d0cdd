package dev.countersign.guard.schema;

import dev.countersign.guard.Leaf;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a tool's JSON schema says of one of its arguments, as far as a user can be shown it. */
public sealed interface ArgumentType {
  /** Any text. */
  record Text() implements ArgumentType {}

  /**
   * A number.
   *
   * @param whole whether it has no fraction
   */
  record Numeric(boolean whole) implements ArgumentType {}

  /** True or false. */
  record Truth() implements ArgumentType {}

  /** One of some texts. */
  record OneOf(List<String> values) implements ArgumentType {
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    /** Whoever offers the tool has chosen the texts: only words can't mislead. */
    private boolean hasWordsOnly() {
      return values.stream().allMatch(value -> WORD.matcher(value).matches());
    }
  }

  /** An object with these members, and no others. */
  record Members(Map<String, Member> all) implements ArgumentType {}

  /** Any JSON, such as a list: shown by the details only. */
  record Anything() implements ArgumentType {}

  /**
   * A member of an object.
   *
   * @param nullable whether it may be null where it is required
   */
  record Member(ArgumentType type, boolean required, boolean nullable) {}

  /** Objects that are members of each other further down than this can be {@link Anything}. */
  int DEEPEST = 5;

  /**
   * What a user is to see of it.
   *
   * @param path of the argument
   */
  default Stream<Leaf> leaves(String path) {
    return switch (this) {
      case Members(var all) ->
          all.entrySet().stream()
              .flatMap(member -> member.getValue().type().leaves(pathTo(path, member.getKey())));
      case Text _ -> Stream.of(Leaf.text(path));
      case Numeric _ -> Stream.of(Leaf.number(path));
      case Truth _ -> Stream.of(Leaf.exact(path));
      case OneOf choice -> Stream.of(choice.hasWordsOnly() ? Leaf.exact(path) : Leaf.text(path));
      case Anything _ -> Stream.of(Leaf.unshowable(path));
    };
  }

  /** The names of all members, at whatever depth. */
  default Stream<String> names() {
    return this instanceof Members(var all)
        ? all.entrySet().stream()
            .flatMap(member ->
                Stream.concat(Stream.of(member.getKey()), member.getValue().type().names()))
        : Stream.of();
  }

  /** A member's path in that of its object; empty: that of all arguments. */
  static String pathTo(String path, String member) {
    return path.isEmpty() ? member : path + "." + member;
  }
}
