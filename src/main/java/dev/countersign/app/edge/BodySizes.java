package dev.countersign.app.edge;

import dev.countersign.app.api.LongBody;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How long the bodies of requests may be. */
final class BodySizes {
  /** In bytes; the longest that anybody needs is a message of 4,000 characters, all escaped. */
  static final int LONGEST = 64 * 1024;

  private final Map<String, Integer> longer;

  /** But for {@code longer} ones, which answer by themselves what is a little too long. */
  BodySizes(List<LongBody> longer) {
    this.longer =
        longer.stream()
            .collect(Collectors.toMap(LongBody::path, body -> body.mostBytes() + LONGEST));
  }

  /** In bytes, for a path as it was sent. */
  int longest(String path) {
    return longer.getOrDefault(path, LONGEST);
  }
}
