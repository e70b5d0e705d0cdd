package dev.countersign.guard;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.GenericTypeResolver;

/**
 * A method that is guarded.
 *
 * @param type the bean's class as its author wrote it
 * @param method as that class has it, or inherits it; the only one of its name there
 */
public record GuardedMethod(Class<?> type, Method method, RequiresApproval rules) {

  /** The tool's name: its own, or the method's. */
  public String name() {
    return rules.name().isEmpty() ? method.getName() : rules.name();
  }

  /** Its parameters, in their order. */
  List<Parameter> parameters() {
    return Arrays.stream(method.getParameters())
        .map(parameter ->
            new Parameter(
                parameter.getName(),
                GenericTypeResolver.resolveType(parameter.getParameterizedType(), type),
                parameter))
        .toList();
  }

  /**
   * A parameter.
   *
   * @param type with what the bean's class says of type variables
   */
  record Parameter(String name, Type type, java.lang.reflect.AnnotatedElement annotations) {}
}
