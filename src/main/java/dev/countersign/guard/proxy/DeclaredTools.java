package dev.countersign.guard.proxy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Tools that a framework finds only among the methods that a bean's own class declares, as Spring
 * AI does: a subclass that doesn't declare them again would take them from the model. The framework
 * is known by name, since it may not be there.
 */
final class DeclaredTools {
  private static final String TOOL = "org.springframework.ai.tool.annotation.Tool";

  private DeclaredTools() {}

  /** Those that aren't guarded, as the class declares them. */
  static List<Method> of(GuardedClass guarded) {
    return Arrays.stream(guarded.type().getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && !guarded.methods().containsKey(method.getName()))
        .filter(
            method -> MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(TOOL))
        .toList();
  }

  /** What is wrong with them, each a sentence. */
  static List<String> faults(GuardedClass guarded) {
    int fixed = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;
    return of(guarded).stream()
        .filter(method -> (method.getModifiers() & fixed) != 0)
        .map(method ->
            ("The tool %s.%s must not be private, static or final, or must be in a bean of its own:"
                    + " beside guarded methods Spring AI would not find it.")
                .formatted(guarded.type().getName(), method.getName()))
        .toList();
  }
}
