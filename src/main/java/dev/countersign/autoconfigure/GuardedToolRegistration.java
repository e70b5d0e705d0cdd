package dev.countersign.autoconfigure;

import dev.countersign.guard.GuardedMethod;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.guard.proxy.GuardedBeans;
import dev.countersign.guard.proxy.UnguardableMethodException;
import java.util.Collection;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes the guarded methods of all beans known to those who run approved calls, before the first
 * worker starts; what is wrong with one stops start-up.
 */
final class GuardedToolRegistration implements SmartInitializingSingleton {
  private final ConfigurableListableBeanFactory beanFactory;
  private final ToolRegistry tools;
  private final GuardProperties settings;

  GuardedToolRegistration(
      ConfigurableListableBeanFactory beanFactory, ToolRegistry tools, GuardProperties settings) {
    this.beanFactory = beanFactory;
    this.tools = tools;
    this.settings = settings;
  }

  @Override
  public void afterSingletonsInstantiated() {
    boolean any = false;
    for (String name : beanFactory.getBeanDefinitionNames()) {
      Class<?> type = beanFactory.getType(name);
      boolean guards =
          type != null
              && !beanFactory.getMergedBeanDefinition(name).isAbstract()
              && GuardedBeans.guards(type);
      any |= guards && add(beanFactory.getBean(name)); // a lazy one too: it may be run at once
    }
    if (!tools.faults().isEmpty()) {
      throw new UnguardableMethodException(tools.faults());
    }
    if (any) {
      settings.userDigest();
    }
  }

  /** Whether the bean has any. */
  private boolean add(Object bean) {
    Collection<GuardedMethod> methods = GuardedBeans.methods(bean).values();
    methods.forEach(
        method -> tools.add(method, arguments -> GuardedBeans.run(bean, method, arguments)));
    return !methods.isEmpty();
  }
}
