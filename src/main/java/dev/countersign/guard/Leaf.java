package dev.countersign.guard;

import dev.countersign.message.Shown;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A single value among a method's arguments: one of them, or a component of a record.
 *
 * @param path such as {@code amount}, or {@code order.total}
 * @param kind null: it can't be shown in a message, as lists and maps can't
 * @param pattern null: any text
 */
record Leaf(String path, Shown.@Nullable Kind kind, @Nullable Pattern pattern) {}
