package dev.countersign.autoconfigure;

import dev.countersign.guard.ArgumentCheck;
import dev.countersign.guard.GuardedMethod;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.guard.proxy.BeanTools;
import dev.countersign.guard.proxy.GuardedBeans;
import dev.countersign.guard.proxy.UnguardableMethodException;
import dev.countersign.settings.InvalidSettingException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes the guarded methods of all beans known to those who run approved calls, before the first
 * worker starts; what is wrong with one stops start-up. So does what is wrong with the tools of
 * other providers, as far as these can be asked by then.
 */
final class GuardedToolRegistration implements SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(GuardedToolRegistration.class);

  private final ConfigurableListableBeanFactory beanFactory;
  private final ToolRegistry tools;
  private final GuardProperties settings;
  private final ToolSettings toolSettings;
  private final Checks checks;

  /** Makes the check of a method's arguments. */
  @FunctionalInterface
  interface Checks {
    ArgumentCheck of(Object bean, GuardedMethod method);
  }

  GuardedToolRegistration(
      ConfigurableListableBeanFactory beanFactory,
      ToolRegistry tools,
      GuardProperties settings,
      ToolSettings toolSettings,
      Checks checks) {
    this.beanFactory = beanFactory;
    this.tools = tools;
    this.settings = settings;
    this.toolSettings = toolSettings;
    this.checks = checks;
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
      if (guards) {
        Object bean = beanFactory.getBean(name); // a lazy one too: it may be run at once
        any |= BeanTools.add(tools, bean, method -> checks.of(bean, method));
      }
    }
    tools.complete();
    if (!tools.faults().isEmpty()) {
      throw new UnguardableMethodException(tools.faults());
    }
    List<String> names = tools.methods().stream().map(GuardedMethod::name).sorted().toList();
    List<String> faults = toolSettings.faults(names, tools.hasSources());
    requireNone(faults);
    boolean anyOffered = tools.hasSources() && !toolSettings.others(names).isEmpty();
    if (any || anyOffered) {
      settings.userDigest();
    }
    if (anyOffered) {
      askSources();
    }
  }

  private void askSources() {
    requireNone(tools.askSources());
    toolSettings
        .others(tools.names())
        .forEach(name ->
            log.warn(
                "countersign.tools.{} is set, but no tool provider offers a tool of that name right"
                    + " now; nothing is guarded by it until one does",
                name));
  }

  private static void requireNone(List<String> faults) {
    if (!faults.isEmpty()) {
      throw new InvalidSettingException(String.join(" ", faults));
    }
  }
}
