package dev.countersign.guard;

import dev.countersign.message.Emoji;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;

/**
 * A method that is guarded.
 *
 * @param type the bean's class as its author wrote it
 * @param method as that class has it, or inherits it; the only one of its name there
 */
public record GuardedMethod(Class<?> type, Method method, RequiresApproval rules)
    implements ToolSignature {

  /** The tool's name: its own, or the method's. */
  @Override
  public String name() {
    return rules.name().isEmpty() ? method.getName() : rules.name();
  }

  @Override
  public String place() {
    return type.getName() + "." + name();
  }

  /** Its parameters, in their order, with what the bean's class says of type variables. */
  @Override
  public List<Parameter> parameters() {
    return Arrays.stream(method.getParameters())
        .map(parameter -> new Parameter(parameter.getName(), typeOf(parameter)))
        .toList();
  }

  private Type typeOf(java.lang.reflect.Parameter parameter) {
    return GenericTypeResolver.resolveType(parameter.getParameterizedType(), type);
  }

  /** What it returns, with what the bean's class says of type variables. */
  Type returnType() {
    return GenericTypeResolver.resolveType(method.getGenericReturnType(), type);
  }

  @Override
  public List<Leaf> leaves() {
    return Arrays.stream(method.getParameters())
        .flatMap(parameter -> Leaves.of(parameter.getName(), typeOf(parameter), parameter).stream())
        .toList();
  }

  @Override
  public @Nullable Object[] read(String json) {
    return JsonArguments.read(this, json);
  }

  @Override
  public @Nullable Object[] plain(@Nullable Object[] arguments) {
    @Nullable Object[] plain = arguments.clone();
    java.lang.reflect.Parameter[] parameters = method.getParameters();
    for (int i = 0; i < Math.min(plain.length, parameters.length); i++) {
      if (plain[i] instanceof String text
          && parameters[i].isAnnotationPresent(WithoutEmoji.class)) {
        String without = Emoji.removedFrom(text);
        plain[i] = without.isEmpty() ? text : without;
      }
    }
    return plain;
  }

  @Override
  public String form() {
    return parameters().stream()
        .map(parameter -> parameter.name() + ":" + parameter.type().getTypeName())
        .collect(Collectors.joining(",", name() + "(", ")" + returnType().getTypeName()));
  }
}
