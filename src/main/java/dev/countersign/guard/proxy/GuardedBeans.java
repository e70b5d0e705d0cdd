package dev.countersign.guard.proxy;

import dev.countersign.guard.Gate;
import dev.countersign.guard.GuardedMethod;
import dev.countersign.guard.NotRunException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Puts a gate before the guarded methods of every bean: those that are made of a {@link
 * GuardedSubclass} are told of it, all others are wrapped, after whatever aspects they have.
 */
public final class GuardedBeans
    implements InstantiationAwareBeanPostProcessor, SmartInitializingSingleton {
  private final ConfigurableListableBeanFactory beanFactory;
  private final Supplier<Gate> gate;

  /** As they left this. */
  private final Map<String, Object> guardedBeans = new ConcurrentHashMap<>();

  /**
   * Guards the beans of a factory.
   *
   * @param gate asked for only when something is called
   */
  public GuardedBeans(ConfigurableListableBeanFactory beanFactory, Supplier<Gate> gate) {
    this.beanFactory = beanFactory;
    this.gate = gate;
  }

  static String scope(GuardedClass guarded) {
    return "%s has guarded methods and must be a singleton: they run later, maybe in another process."
        .formatted(guarded.type().getName());
  }

  @Override
  public boolean postProcessAfterInstantiation(Object bean, String name) {
    if (bean instanceof Guarded guarded) {
      guarded.countersign$gate(gate());
    }
    return true;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    Class<?> target = AopProxyUtils.ultimateTargetClass(bean);
    Optional<GuardedClass> found = guardedClass(bean);
    if (found.isEmpty()) {
      return bean;
    }
    GuardedClass guarded = found.get();
    boolean bare = bean.getClass() == target;
    Object result = bare && bean instanceof Guarded ? bean : wrapped(bean, target, name, guarded);
    guardedBeans.put(name, result);
    return result;
  }

  private Object wrapped(Object bean, Class<?> target, String name, GuardedClass guarded) {
    List<String> faults = new ArrayList<>();
    if (beanFactory.containsBeanDefinition(name)
        && !beanFactory.getMergedBeanDefinition(name).isSingleton()) {
      faults.add(scope(guarded));
    }
    if (Proxy.isProxyClass(guarded.type())) {
      faults.addAll(MethodRules.faultsOfProxy(guarded));
      faults.addAll(selfCalls(guarded));
    } else {
      faults.addAll(MethodRules.faults(guarded));
      if (!Guarded.class.isAssignableFrom(target)) {
        faults.addAll(wrapperFaults(bean, guarded));
      }
    }
    if (!faults.isEmpty()) {
      throw new UnguardableMethodException(faults);
    }
    return GuardedWrapper.around(new Wrapping(bean, guarded, gate()));
  }

  /** What a bean that Spring didn't make must not do. */
  private static List<String> wrapperFaults(Object bean, GuardedClass guarded) {
    List<String> faults = new ArrayList<>(selfCalls(guarded));
    if (!Proxy.isProxyClass(bean.getClass())) {
      Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(guarded.type()))
          .filter(method ->
              method.getDeclaringClass() != Object.class
                  && Modifier.isFinal(method.getModifiers())
                  && !Modifier.isPrivate(method.getModifiers())
                  && !Modifier.isStatic(method.getModifiers()))
          .forEach(method ->
              faults.add(
                  ("%s has guarded methods, and its bean is wrapped, so that its method %s must not"
                          + " be final: it would see no fields. Or let Spring make the bean of its"
                          + " class, by @Component or @Import, instead of by a @Bean method.")
                      .formatted(guarded.type().getName(), method.getName())));
    }
    return faults;
  }

  private static List<String> selfCalls(GuardedClass guarded) {
    List<String> faults = new ArrayList<>();
    Set<String> callers = SelfCalls.in(guarded);
    if (!callers.isEmpty()) {
      faults.add(
          ("%s calls guarded methods of its own, in %s, which would go past their guard. Let Spring"
                  + " make the bean of its class, by @Component or @Import, instead of by a @Bean"
                  + " method.")
              .formatted(guarded.type().getName(), String.join(", ", callers)));
    }
    return faults;
  }

  /** Called when something is called, not when beans are made. */
  private Gate gate() {
    return (method, arguments) -> gate.get().called(method, arguments);
  }

  /**
   * The last look: whoever processes beans later than this may have wrapped a wrapper, or made a
   * bean past it.
   *
   * @throws UnguardableMethodException if a guarded method could be called past its guard
   */
  @Override
  @SuppressWarnings("ReferenceEquality") // the very object, or another
  public void afterSingletonsInstantiated() {
    List<String> faults = new ArrayList<>();
    guardedBeans.forEach((name, guarded) -> {
      Object now = beanFactory.containsSingleton(name) ? beanFactory.getSingleton(name) : null;
      if (now != null && now != guarded && !(now instanceof FactoryBean<?>)) {
        faults.add(
            ("The bean %s has guarded methods, but something else was put around it afterwards, so"
                    + " that it would run before anybody is asked: %s.")
                .formatted(name, now.getClass().getName()));
      }
    });
    for (String name : beanFactory.getSingletonNames()) {
      Object bean = beanFactory.getSingleton(name);
      if (bean != null
          && !guardedBeans.containsKey(name)
          && guardedClass(bean).isPresent()
          && !isMock(bean)) {
        faults.add(
            ("The bean %s has guarded methods, but was there before it could be guarded, as a finished"
                    + " object or because something needed it very early: let Spring make it, and"
                    + " later.")
                .formatted(name));
      }
    }
    if (!faults.isEmpty()) {
      throw new UnguardableMethodException(faults);
    }
  }

  /** A test's stand-in does nothing that would need an approval. */
  private static boolean isMock(Object bean) {
    String mockito = "org.mockito.Mockito";
    ClassLoader loader = bean.getClass().getClassLoader();
    if (!ClassUtils.isPresent(mockito, loader)) {
      return false;
    }
    try {
      Object details =
          ClassUtils.forName(mockito, loader)
              .getMethod("mockingDetails", Object.class)
              .invoke(null, bean);
      return Boolean.TRUE.equals(
          ClassUtils.forName("org.mockito.MockingDetails", loader)
              .getMethod("isMock")
              .invoke(details));
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** By its own class or, for a proxy, its target's; else by the interfaces of the proxy. */
  private static Optional<GuardedClass> guardedClass(Object bean) {
    return GuardedClass.of(AopProxyUtils.ultimateTargetClass(bean))
        .or(() ->
            Proxy.isProxyClass(bean.getClass())
                ? GuardedClass.of(bean.getClass())
                : Optional.empty());
  }

  /** Whether beans of a class have guarded methods. */
  public static boolean guards(Class<?> type) {
    return GuardedClass.of(type).isPresent();
  }

  /** The guarded methods of a bean, by name; none: it has none. */
  public static Map<String, GuardedMethod> methods(Object bean) {
    Object inner = bean instanceof GuardedOutside wrapper ? Wrapping.of(wrapper).bean() : bean;
    return guardedClass(inner).map(GuardedClass::methods).orElse(Map.of());
  }

  /**
   * Runs a guarded method of a bean past its guard, once: it was approved.
   *
   * @param bean as others get it
   * @throws NotRunException if the method has certainly not begun
   * @throws Throwable whatever the method throws
   */
  public static @Nullable Object run(
      Object bean, GuardedMethod method, @Nullable Object[] arguments) throws Throwable {
    Object inner = bean instanceof GuardedOutside wrapper ? Wrapping.of(wrapper).bean() : bean;
    Method called = onProxy(inner, method.method());
    Permit permit = new Permit(method);
    boolean tellsOfItsBegin =
        Guarded.class.isAssignableFrom(AopProxyUtils.ultimateTargetClass(inner));
    try {
      return permit.run(() -> called.invoke(inner, arguments));
    } catch (InvocationTargetException e) {
      if (tellsOfItsBegin && !permit.isUsed()) {
        throw new NotRunException(method, e.getTargetException());
      }
      throw e.getTargetException();
    } catch (IllegalArgumentException
        | IllegalAccessException e) { // of the reflection, not its own
      throw new NotRunException(method, e);
    }
  }

  private static Method onProxy(Object bean, Method method) {
    Method called =
        Proxy.isProxyClass(bean.getClass())
            ? Objects.requireNonNull(
                ReflectionUtils.findMethod(
                    bean.getClass(), method.getName(), method.getParameterTypes()),
                () -> method + " is in no interface of its bean's proxy")
            : method;
    ReflectionUtils.makeAccessible(called);
    return called;
  }
}
