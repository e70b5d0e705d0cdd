package dev.countersign.guard.proxy;

import dev.countersign.guard.Invocation;
import dev.countersign.guard.LookUp;
import dev.countersign.guard.LooksUp;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/** The methods of a bean that find out what became of calls of its guarded methods. */
public final class OutcomeLookUps {
  private OutcomeLookUps() {}

  /**
   * By the names of the tools whose calls they look up.
   *
   * @param bean as others get it
   * @throws UnguardableMethodException if one has not the form that it must have
   */
  public static Map<String, Invocation> of(Object bean) {
    Object inner = bean instanceof GuardedOutside wrapper ? Wrapping.of(wrapper).bean() : bean;
    Class<?> type = AopProxyUtils.ultimateTargetClass(inner);
    Set<String> tools = new TreeSet<>();
    GuardedBeans.methods(bean).values().forEach(method -> tools.add(method.name()));
    Map<String, Invocation> lookUps = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    MethodIntrospector.MetadataLookup<LooksUp> annotations =
        method -> AnnotationUtils.findAnnotation(method, LooksUp.class);
    MethodIntrospector.selectMethods(type, annotations)
        .forEach((method, annotation) -> {
          String tool = annotation.value();
          String name = "@LooksUp method %s.%s".formatted(type.getName(), method.getName());
          if (!tools.contains(tool)) {
            faults.add(
                "The %s names %s, which is no guarded method of its bean.".formatted(name, tool));
          }
          if (method.getParameterCount() > 0
              || !LookUp.class.isAssignableFrom(method.getReturnType())
              || Modifier.isStatic(method.getModifiers())) {
            faults.add(
                "The %s must take no parameters, return a LookUp and not be static."
                    .formatted(name));
          }
          if (lookUps.putIfAbsent(tool, invocation(inner, method)) != null) {
            faults.add(
                "There are two @LooksUp methods for %s in %s.".formatted(tool, type.getName()));
          }
        });
    if (!faults.isEmpty()) {
      throw new UnguardableMethodException(faults);
    }
    return lookUps;
  }

  private static Invocation invocation(Object bean, Method method) {
    Object target =
        Proxy.isProxyClass(bean.getClass())
            ? Objects.requireNonNullElse(AopProxyUtils.getSingletonTarget(bean), bean)
            : bean;
    ReflectionUtils.makeAccessible(method);
    return _ -> {
      try {
        return method.invoke(target);
      } catch (InvocationTargetException e) {
        throw e.getTargetException();
      }
    };
  }
}
