package dev.countersign.guard.proxy;

import dev.countersign.guard.GuardedMethod;
import dev.countersign.guard.RequiresApproval;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A class with methods that are to be guarded.
 *
 * @param type as its author wrote it; a proxy's only if it is a proxy of nothing but interfaces
 * @param methods by name; if two have the same name, which {@link MethodRules} report, any of them
 */
record GuardedClass(Class<?> type, Map<String, GuardedMethod> methods) {
  private static final String GENERATED = "$$";

  private static final ClassValue<Optional<GuardedClass>> FOUND =
      new ClassValue<>() {
        @Override
        protected Optional<GuardedClass> computeValue(Class<?> type) {
          return find(type);
        }
      };

  /** Empty: nothing of that class, or of the one that a proxy stands for, is to be guarded. */
  static Optional<GuardedClass> of(Class<?> type) {
    return FOUND.get(written(type));
  }

  /** Whether it was made at run time, as a proxy or an enhanced configuration. */
  static boolean isGenerated(Class<?> type) {
    return type.getName().contains(GENERATED);
  }

  private static Class<?> written(Class<?> type) {
    Class<?> written = type;
    while (isGenerated(written) && written.getSuperclass() != null) {
      written = written.getSuperclass();
    }
    return written == Object.class ? type : written;
  }

  private static Optional<GuardedClass> find(Class<?> type) {
    Map<String, GuardedMethod> methods = new TreeMap<>();
    MethodIntrospector.<RequiresApproval>selectMethods(type, GuardedClass::rules)
        .forEach((method, rules) ->
            methods.putIfAbsent(method.getName(), new GuardedMethod(type, written(method), rules)));
    for (Class<?> each : ClassUtils.getAllInterfacesForClassAsSet(type)) {
      for (Method method : each.getMethods()) {
        RequiresApproval rules = rules(method);
        if (rules != null) { // whether its implementation knows that interface or not
          Method specific = ClassUtils.getMostSpecificMethod(method, type);
          methods.putIfAbsent(method.getName(), new GuardedMethod(type, written(specific), rules));
        }
      }
    }
    return methods.isEmpty()
        ? Optional.empty()
        : Optional.of(new GuardedClass(type, Collections.unmodifiableMap(methods)));
  }

  /** A class that is public makes bridges to public methods of a base that isn't. */
  private static Method written(Method method) {
    Class<?> base = method.getDeclaringClass().getSuperclass();
    Method written =
        method.isBridge() && base != null
            ? ReflectionUtils.findMethod(base, method.getName(), method.getParameterTypes())
            : null;
    return written == null ? method : written;
  }

  private static @Nullable RequiresApproval rules(Method method) {
    return AnnotatedElementUtils.findMergedAnnotation(method, RequiresApproval.class);
  }
}
