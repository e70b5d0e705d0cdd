package dev.countersign.guard.proxy;

import dev.countersign.guard.ArgumentCheck;
import dev.countersign.guard.GuardedMethod;
import dev.countersign.guard.Invocation;
import dev.countersign.guard.ToolRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/** Makes tools of the guarded methods of beans. */
public final class BeanTools {
  private BeanTools() {}

  /**
   * Adds the methods of a bean; what is wrong with them is among the registry's faults then.
   *
   * @param checks makes the check of a method's arguments
   * @return whether the bean has any
   */
  public static boolean add(
      ToolRegistry tools, Object bean, Function<GuardedMethod, ArgumentCheck> checks) {
    Collection<GuardedMethod> methods = GuardedBeans.methods(bean).values();
    Map<String, Invocation> lookUps = OutcomeLookUps.of(bean);
    methods.forEach(method ->
        tools.add(
            method,
            arguments -> GuardedBeans.run(bean, method, arguments),
            lookUps.get(method.name()),
            checks.apply(method)));
    return !methods.isEmpty();
  }
}
