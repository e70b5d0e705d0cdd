package dev.countersign.settings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in everyday words what a value of a Java type looks like. */
public final class WireType {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, long.class, Long.class, BigInteger.class);
  private static final Set<Class<?>> NUMBER = Set.of(BigDecimal.class, double.class, Double.class);

  private WireType() {}

  /** As in "must be a whole number". */
  public static String name(@Nullable Class<?> type) {
    if (type == null) {
      return "another value";
    }
    if (WHOLE.contains(type)) {
      return "a whole number";
    }
    if (NUMBER.contains(type)) {
      return "a number";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == URI.class) {
      return "a URL";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return type.isArray() || Collection.class.isAssignableFrom(type) ? "an array" : "an object";
  }
}
