package dev.countersign.guard.proxy;

import dev.countersign.guard.Gate;
import dev.countersign.guard.GuardedMethod;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * What is around a bean.
 *
 * @param bean with whatever aspects it has
 */
record Wrapping(Object bean, GuardedClass guarded, Gate gate) {

  static Wrapping of(GuardedOutside wrapper) {
    return (Wrapping)
        Objects.requireNonNull(wrapper.countersign$around(), "A wrapper is made before it is used");
  }

  /** A method of the wrapper's was called. */
  @Nullable Object called(Method method, @Nullable Object @Nullable [] given) throws Throwable {
    @Nullable Object[] arguments = given == null ? new Object[0] : given;
    GuardedMethod asked = guarded.methods().get(method.getName());
    return asked == null || asked.method().getParameterCount() != method.getParameterCount()
        ? passOn(method, arguments)
        : gate.called(asked, arguments);
  }

  private @Nullable Object passOn(Method method, @Nullable Object[] arguments) throws Throwable {
    ReflectionUtils.makeAccessible(method);
    try {
      return method.invoke(bean, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
