package dev.countersign.guard.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.util.ClassUtils;

/**
 * Has beans with guarded methods made of a {@link GuardedSubclass}, before the first bean is made.
 * What can't be guarded is told all at once.
 */
public final class GuardedBeanDefinitions implements BeanFactoryPostProcessor {

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    List<String> faults = new ArrayList<>();
    for (String name : beanFactory.getBeanDefinitionNames()) {
      if (beanFactory.getBeanDefinition(name) instanceof AbstractBeanDefinition definition
          && !definition.isAbstract()
          && definition.getFactoryMethodName() == null
          && definition.getInstanceSupplier() == null) {
        guard(definition, beanFactory.getBeanClassLoader(), faults);
      }
    }
    if (!faults.isEmpty()) {
      throw new UnguardableMethodException(faults);
    }
  }

  private static void guard(
      AbstractBeanDefinition definition, @Nullable ClassLoader loader, List<String> faults) {
    Class<?> type = type(definition, loader);
    Optional<GuardedClass> found = type == null ? Optional.empty() : GuardedClass.of(type);
    if (found.isEmpty()) {
      return;
    }
    GuardedClass guarded = found.get();
    if (GuardedClass.isGenerated(guarded.type()) || type != guarded.type()) {
      faults.add(
          "%s has guarded methods and is a configuration class: put them into a bean of their own."
              .formatted(guarded.type().getName()));
      return;
    }
    List<String> wrong = new ArrayList<>(MethodRules.faults(guarded));
    if (!definition.isSingleton()) {
      wrong.add(GuardedBeans.scope(guarded));
    }
    if (wrong.isEmpty()) {
      try {
        definition.setBeanClass(GuardedSubclass.of(guarded));
      } catch (UnguardableMethodException e) {
        wrong.add(String.valueOf(e.getMessage()));
      }
    }
    faults.addAll(wrong);
  }

  /** Null: there is no such class, which Spring will say. */
  private static @Nullable Class<?> type(BeanDefinition definition, @Nullable ClassLoader loader) {
    String name = definition.getBeanClassName();
    if (name == null) {
      return null;
    }
    try {
      return ClassUtils.forName(name, loader);
    } catch (ClassNotFoundException | LinkageError _) {
      return null;
    }
  }
}
