package dev.countersign.autoconfigure;

import dev.countersign.guard.ArgumentCheck;
import dev.countersign.guard.GuardedMethod;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The constraints on a method's parameters (Jakarta Validation 3.1, 5.1.2), as the host has them.
 */
public final class ParameterConstraints implements ArgumentCheck {
  private final Validator validator;
  private final Object bean;
  private final GuardedMethod method;

  /** Checks calls of a bean's method. */
  public ParameterConstraints(Validator validator, Object bean, GuardedMethod method) {
    this.validator = validator;
    this.bean = bean;
    this.method = method;
  }

  @Override
  public List<String> problems(@Nullable Object[] arguments) {
    return validator.forExecutables().validateParameters(bean, method.method(), arguments).stream()
        .map(ParameterConstraints::problem)
        .sorted()
        .toList();
  }

  private static String problem(ConstraintViolation<?> violation) {
    List<String> names = new ArrayList<>();
    for (Path.Node node : violation.getPropertyPath()) {
      names.add(node.toString());
    }
    return String.join(".", names.subList(1, names.size())) + " " + violation.getMessage();
  }
}
