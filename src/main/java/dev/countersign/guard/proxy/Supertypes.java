package dev.countersign.guard.proxy;

import java.util.Arrays;
import java.util.stream.Stream;

/** What a type is, too. */
final class Supertypes {
  private Supertypes() {}

  /** The type itself, its superclasses, and all interfaces of theirs; some of them twice. */
  static Stream<Class<?>> of(Class<?> type) {
    Stream<Class<?>> above =
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
    return Stream.concat(Stream.of(type), above.flatMap(Supertypes::of));
  }
}
