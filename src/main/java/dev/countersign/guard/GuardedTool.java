package dev.countersign.guard;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;

/**
 * A guarded method of a bean, under the name by which its calls are known.
 *
 * @param name the tool's, unique in an application
 * @param rules what is said of its calls
 * @param contract what a user sees of its calls
 * @param terms on which its calls are made
 * @param invocation runs it
 * @param lookUp finds out what became of a call; null: nobody can
 * @param check of arguments, before anybody is asked
 */
record GuardedTool(
    String name,
    GuardedMethod method,
    ToolRules rules,
    Contract contract,
    CallTerms terms,
    Invocation invocation,
    @Nullable Invocation lookUp,
    ArgumentCheck check) {

  /**
   * Tells this method from one that takes or returns something else: arguments that were frozen for
   * one don't run another.
   */
  String fingerprint() {
    String signature =
        method.parameters().stream()
            .map(parameter -> parameter.name() + ":" + parameter.type().getTypeName())
            .collect(
                Collectors.joining(
                    ",",
                    name + "(",
                    ")"
                        + GenericTypeResolver.resolveType(
                                method.method().getGenericReturnType(), method.type())
                            .getTypeName()));
    return Freezer.digest(signature).substring(0, 16);
  }
}
