package dev.countersign.guard;

import dev.countersign.message.Shown;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** The single values of a method's arguments, which a user is to see one by one. */
final class Leaves {
  private static final int DEEPEST = 5;

  private static final Set<Class<?>> NUMBERS =
      Set.of(
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class);

  private static final Set<Class<?>> EXACT = Set.of(Boolean.class, UUID.class, Currency.class);

  private Leaves() {}

  /** Of one parameter. */
  static List<Leaf> of(String name, Type type, AnnotatedElement annotations) {
    List<Leaf> leaves = new ArrayList<>();
    add(name, type, annotations, 1, leaves);
    return leaves;
  }

  private static void add(
      String path, Type type, AnnotatedElement annotations, int depth, List<Leaf> leaves) {
    ResolvableType resolved = ResolvableType.forType(type);
    if (resolved.resolve() == Optional.class) {
      add(path, resolved.getGeneric().getType(), annotations, depth, leaves);
      return;
    }
    Class<?> plain = ClassUtils.resolvePrimitiveIfNecessary(resolved.resolve(Object.class));
    if (plain.isRecord() && depth < DEEPEST) {
      for (RecordComponent component : plain.getRecordComponents()) {
        Type of = ResolvableType.forType(component.getGenericType(), resolved).getType();
        add(path + "." + component.getName(), of, component, depth + 1, leaves);
      }
      return;
    }
    ArgumentPattern pattern = annotations.getAnnotation(ArgumentPattern.class);
    leaves.add(
        new Leaf(
            path,
            kind(plain, pattern != null),
            pattern == null ? null : Pattern.compile(pattern.value())));
  }

  private static Shown.@Nullable Kind kind(Class<?> type, boolean hasPattern) {
    if (NUMBERS.contains(type)) {
      return Shown.Kind.NUMBER;
    }
    if (type == String.class || type == Character.class) {
      return hasPattern ? Shown.Kind.EXACT : Shown.Kind.TEXT;
    }
    boolean exact =
        EXACT.contains(type)
            || type.isEnum()
            || Temporal.class.isAssignableFrom(type)
            || TemporalAmount.class.isAssignableFrom(type);
    return exact ? Shown.Kind.EXACT : null;
  }
}
