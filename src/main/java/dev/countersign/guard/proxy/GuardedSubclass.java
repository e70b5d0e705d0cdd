package dev.countersign.guard.proxy;

import static net.bytebuddy.matcher.ElementMatchers.anyOf;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import dev.countersign.guard.Gate;
import dev.countersign.guard.GuardedMethod;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.FieldPersistence;
import net.bytebuddy.description.modifier.SyntheticState;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import net.bytebuddy.implementation.FieldAccessor;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.implementation.SuperMethodCall;
import net.bytebuddy.implementation.attribute.MethodAttributeAppender.ForInstrumentedMethod;
import org.jspecify.annotations.Nullable;

/**
 * The subclass of which a bean is made instead of its own class, as Spring does with
 * {@code @Configuration} classes: its guarded methods go to the gate, whoever calls them, and keep
 * their annotations, by which frameworks find their tools.
 */
final class GuardedSubclass {
  private static final String GATE = "countersign$gate";

  private static final InvocationHandler CALLED =
      (bean, method, arguments) -> called((Guarded) bean, method, arguments);

  private static final ClassValue<Map<String, MethodHandle>> REAL =
      new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> subclass) {
          return realMethods(subclass);
        }
      };

  private static final GeneratedClass MADE =
      new GeneratedClass("$$Guarded", GuardedSubclass::subclass);

  private GuardedSubclass() {}

  /**
   * Of a class that has guarded methods.
   *
   * @throws UnguardableMethodException if there can be none
   */
  static Class<?> of(GuardedClass guarded) {
    return MADE.get(guarded.type());
  }

  private static @Nullable Object called(
      Guarded bean, Method method, @Nullable Object @Nullable [] given) throws Throwable {
    @Nullable Object[] arguments = given == null ? new Object[0] : given;
    GuardedMethod guarded = guardedMethod(bean.getClass(), method);
    if (Permit.use(guarded)) {
      return real(bean, guarded, arguments);
    }
    Gate gate = bean.countersign$gate();
    if (gate == null) {
      throw new IllegalStateException(
          "%s needs an approval and can't be called while its bean is made."
              .formatted(method.getName()));
    }
    return gate.called(guarded, arguments);
  }

  private static GuardedMethod guardedMethod(Class<?> type, Method method) {
    return Objects.requireNonNull(
        GuardedClass.of(type).orElseThrow().methods().get(method.getName()));
  }

  private static @Nullable Object real(
      Guarded bean, GuardedMethod guarded, @Nullable Object[] arguments) throws Throwable {
    return Objects.requireNonNull(REAL.get(bean.getClass()).get(guarded.name()))
        .bindTo(bean)
        .invokeWithArguments(arguments);
  }

  /** What the guarded methods of a subclass did, as its superclass has them. */
  private static Map<String, MethodHandle> realMethods(Class<?> subclass) {
    Map<String, MethodHandle> methods = new HashMap<>();
    try {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(subclass, MethodHandles.lookup());
      for (GuardedMethod guarded : GuardedClass.of(subclass).orElseThrow().methods().values()) {
        methods.put(
            guarded.name(), lookup.unreflectSpecial(guarded.method(), subclass).asFixedArity());
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The subclass could be made, so this can't be", e);
    }
    return methods;
  }

  private static DynamicType.Builder<?> subclass(Class<?> type) {
    GuardedClass guarded = GuardedClass.of(type).orElseThrow();
    if (Arrays.stream(type.getDeclaredConstructors())
        .allMatch(constructor -> Modifier.isPrivate(constructor.getModifiers()))) {
      throw new UnguardableMethodException(
          List.of(
              "%s has guarded methods and must have a constructor that isn't private."
                  .formatted(type.getName())));
    }
    return new ByteBuddy()
        .subclass(
            type,
            ConstructorStrategy.Default.IMITATE_SUPER_CLASS.with(
                ForInstrumentedMethod.INCLUDING_RECEIVER))
        .defineField(
            GATE,
            Gate.class,
            Visibility.PRIVATE,
            FieldPersistence.TRANSIENT,
            SyntheticState.SYNTHETIC)
        .implement(Guarded.class)
        .intercept(FieldAccessor.ofField(GATE))
        .method(namedOneOf(guarded.methods().keySet().toArray(String[]::new)))
        .intercept(InvocationHandlerAdapter.of(CALLED))
        .attribute(ForInstrumentedMethod.INCLUDING_RECEIVER)
        .method(anyOf(DeclaredTools.of(guarded).toArray(Method[]::new)))
        .intercept(SuperMethodCall.INSTANCE)
        .attribute(ForInstrumentedMethod.INCLUDING_RECEIVER);
  }
}
