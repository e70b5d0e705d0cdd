package dev.countersign.app.chat.transcript;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of records that live in histories: one that an older history hasn't got is empty. */
public final class Lists {
  private Lists() {}

  /** A copy; of null: empty. */
  public static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
