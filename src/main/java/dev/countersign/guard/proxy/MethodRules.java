package dev.countersign.guard.proxy;

import dev.countersign.guard.GuardedMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/** What a method and its class must be like, so that no call slips past the guard. */
final class MethodRules {
  private static final Set<String> ASYNCHRONOUS =
      Set.of(
          Future.class.getName(),
          CompletionStage.class.getName(),
          Flow.Publisher.class.getName(),
          "org.reactivestreams.Publisher",
          "kotlinx.coroutines.flow.Flow",
          "kotlin.coroutines.Continuation",
          "org.springframework.web.context.request.async.DeferredResult",
          "java.util.concurrent.Callable");

  private static final String ASYNC = "org.springframework.scheduling.annotation.Async";

  private MethodRules() {}

  /** What is wrong, each a sentence; empty: all of it can be guarded. */
  static List<String> faults(GuardedClass guarded) {
    List<String> faults = new ArrayList<>();
    Class<?> type = guarded.type();
    if (Modifier.isFinal(type.getModifiers()) || type.isSealed()) {
      faults.add(
          "%s has guarded methods and must not be final or sealed: a guard is a subclass."
              .formatted(type.getName()));
    }
    guarded.methods().values().forEach(method -> faults.addAll(faults(type, method)));
    faults.addAll(DeclaredTools.faults(guarded));
    return faults;
  }

  private static List<String> faults(Class<?> type, GuardedMethod guarded) {
    Method method = guarded.method();
    List<String> faults = new ArrayList<>();
    String name = "The guarded method %s.%s".formatted(type.getName(), method.getName());
    int modifiers = method.getModifiers();
    if (Modifier.isPrivate(modifiers)) {
      faults.add(name + " must not be private: a private method can't be guarded.");
    }
    if (Modifier.isStatic(modifiers)) {
      faults.add(name + " must not be static: a static method can't be guarded.");
    }
    if (Modifier.isFinal(modifiers)) {
      faults.add(name + " must not be final: a final method can't be guarded.");
    }
    if (method.isDefault()) {
      faults.add(
          name
              + " must be overridden by the class: a default method of an interface can't be"
              + " guarded.");
    }
    if (isOutOfReach(type, method)) {
      faults.add(
          name
              + " must be public or protected: its class is in another package, where a"
              + " package-private method can't be guarded.");
    }
    faults.addAll(faultsOfAny(name, type, method));
    if (!Arrays.stream(method.getParameters()).allMatch(Parameter::isNamePresent)) {
      faults.add(
          name
              + " must be compiled with -parameters: its message and the model's schema name its"
              + " arguments.");
    }
    return faults;
  }

  /** What is wrong with methods that are called through a proxy of interfaces. */
  static List<String> faultsOfProxy(GuardedClass guarded) {
    List<String> faults = new ArrayList<>();
    for (GuardedMethod each : guarded.methods().values()) {
      Method method = each.method();
      String name =
          "The guarded method %s.%s"
              .formatted(method.getDeclaringClass().getName(), method.getName());
      faults.addAll(faultsOfAny(name, guarded.type(), method));
    }
    return faults;
  }

  /** Whoever calls it, and however. */
  private static List<String> faultsOfAny(String name, Class<?> type, Method method) {
    List<String> faults = new ArrayList<>();
    if (isOverloaded(type, method)) {
      faults.add(
          name
              + " must be the only method of that name: give each overload a name of its own, so"
              + " that a call of one is never taken for a call of another.");
    }
    if (isAsynchronous(method)) {
      faults.add(
          name
              + " must answer when it is done: what goes on after it has returned would run without"
              + " its approval. Return the value itself, and don't use @Async.");
    }
    faults.addAll(InjectedParameters.faults(name, method));
    return faults;
  }

  private static boolean isOutOfReach(Class<?> type, Method method) {
    boolean packagePrivate =
        (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
    return packagePrivate
        && !(method.getDeclaringClass().getPackageName().equals(type.getPackageName())
            && Objects.equals(method.getDeclaringClass().getClassLoader(), type.getClassLoader()));
  }

  /** Methods that differ by their parameters; an override by a narrower type is none. */
  private static boolean isOverloaded(Class<?> type, Method guarded) {
    Set<List<Class<?>>> seen = new HashSet<>();
    int methods = 0;
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        if (method.getName().equals(guarded.getName())
            && seen.add(List.of(method.getParameterTypes()))
            && !method.isBridge()) { // a bridge stands for one that it overrides
          methods++;
        }
      }
    }
    boolean ofInterface =
        ClassUtils.getAllInterfacesForClassAsSet(type).stream()
            .flatMap(each -> Arrays.stream(each.getMethods()))
            .filter(method -> method.getName().equals(guarded.getName()))
            .anyMatch(method -> method.getParameterCount() != guarded.getParameterCount());
    return methods > 1 || ofInterface;
  }

  private static boolean isAsynchronous(Method method) {
    boolean answers = isAsynchronous(method.getReturnType());
    boolean suspends =
        Arrays.stream(method.getParameterTypes()).anyMatch(MethodRules::isAsynchronous);
    return answers || suspends || hasAsync(method);
  }

  private static boolean hasAsync(Method method) {
    return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(ASYNC)
        || MergedAnnotations.from(method.getDeclaringClass(), SearchStrategy.TYPE_HIERARCHY)
            .isPresent(ASYNC);
  }

  private static boolean isAsynchronous(Class<?> type) {
    return Supertypes.of(type)
        .anyMatch(each ->
            ASYNCHRONOUS.contains(each.getName())
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(each) != null);
  }
}
