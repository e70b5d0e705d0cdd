package dev.countersign.guard.proxy;

import static net.bytebuddy.matcher.ElementMatchers.isFinalizer;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.FieldPersistence;
import net.bytebuddy.description.modifier.SyntheticState;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import net.bytebuddy.implementation.FieldAccessor;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.implementation.attribute.MethodAttributeAppender.ForInstrumentedMethod;
import org.springframework.objenesis.ObjenesisStd;
import org.springframework.util.ClassUtils;

/**
 * Wraps a bean that could not be made of a {@link GuardedSubclass}, or has aspects of its own: the
 * gate comes before them, so that nobody waits for an approval within a transaction.
 */
final class GuardedWrapper {
  private static final String AROUND = "countersign$around";

  private static final InvocationHandler CALLED =
      (wrapper, method, arguments) ->
          Wrapping.of((GuardedOutside) wrapper).called(method, arguments);

  private static final GeneratedClass MADE =
      new GeneratedClass("$$GuardedOutside", GuardedWrapper::subclass);

  private GuardedWrapper() {}

  /** Around a bean, of its class or, if it is a proxy of interfaces, of these. */
  static Object around(Wrapping wrapping) {
    Object bean = wrapping.bean();
    if (Proxy.isProxyClass(bean.getClass())) {
      return aroundProxy(bean.getClass(), wrapping);
    }
    Object wrapper = new ObjenesisStd().newInstance(MADE.get(wrapping.guarded().type()));
    ((GuardedOutside) wrapper).countersign$around(wrapping);
    return wrapper;
  }

  private static Object aroundProxy(Class<?> type, Wrapping wrapping) {
    Set<Class<?>> interfaces = new LinkedHashSet<>(ClassUtils.getAllInterfacesForClassAsSet(type));
    interfaces.add(GuardedOutside.class);
    return Proxy.newProxyInstance(
        Objects.requireNonNull(type.getClassLoader()),
        interfaces.toArray(Class[]::new),
        (_, method, arguments) ->
            method.getDeclaringClass() == GuardedOutside.class
                ? wrapping
                : wrapping.called(method, arguments));
  }

  private static DynamicType.Builder<?> subclass(Class<?> type) {
    return new ByteBuddy()
        .subclass(type, ConstructorStrategy.Default.NO_CONSTRUCTORS)
        .defineField(
            AROUND,
            Object.class,
            Visibility.PRIVATE,
            FieldPersistence.TRANSIENT,
            SyntheticState.SYNTHETIC)
        .method(not(isFinalizer()))
        .intercept(InvocationHandlerAdapter.of(CALLED))
        .attribute(ForInstrumentedMethod.INCLUDING_RECEIVER)
        .implement(GuardedOutside.class)
        .intercept(FieldAccessor.ofField(AROUND));
  }
}
