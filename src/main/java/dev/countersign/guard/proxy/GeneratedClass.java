package dev.countersign.guard.proxy;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Function;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;

/**
 * A subclass that is made at run time, in the package and by the class loader of its superclass: it
 * sees what is package-private there. Two contexts may start at a time, but there is one of a
 * class.
 */
final class GeneratedClass extends ClassValue<Class<?>> {
  private final String suffix;
  private final Function<Class<?>, DynamicType.Builder<?>> subclass;

  /**
   * Of whatever class is asked for.
   *
   * @param suffix of the superclass's name
   * @param subclass of it, without a name
   */
  GeneratedClass(String suffix, Function<Class<?>, DynamicType.Builder<?>> subclass) {
    this.suffix = suffix;
    this.subclass = subclass;
  }

  @Override
  protected synchronized Class<?> computeValue(Class<?> type) {
    String name = type.getName() + suffix;
    try {
      return Class.forName(name, false, type.getClassLoader());
    } catch (ClassNotFoundException _) {
      return make(type, name);
    }
  }

  private Class<?> make(Class<?> type, String name) {
    try {
      return subclass
          .apply(type)
          .name(name)
          .modifiers(type.getModifiers() & Modifier.PUBLIC)
          .make()
          .load(
              type.getClassLoader(),
              ClassLoadingStrategy.UsingLookup.of(
                  MethodHandles.privateLookupIn(type, MethodHandles.lookup())))
          .getLoaded();
    } catch (IllegalAccessException e) {
      throw new UnguardableMethodException(
          List.of(
              "%s has guarded methods, and its module must open the package %s to that of %s."
                  .formatted(
                      type.getName(), type.getPackageName(), GeneratedClass.class.getName())));
    }
  }
}
