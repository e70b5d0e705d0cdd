package dev.countersign.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Binds every settings record of each {@link CheckedSettings} bean before any other bean is made,
 * so that whoever starts an application for the first time sees all that is missing at once, and
 * not one at a time; and that nothing is set which none of them takes.
 */
public final class SettingsCheck implements BeanFactoryPostProcessor {
  private final Environment environment;

  /** Checks what the environment says. */
  public SettingsCheck(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    Collection<CheckedSettings> all =
        beanFactory.getBeansOfType(CheckedSettings.class, true, false).values();
    Binder binder = Binder.get(environment);
    Map<Class<?>, Object> bound = new HashMap<>();
    List<String> sentences = new ArrayList<>();
    for (CheckedSettings checked : all) {
      for (Class<?> record : checked.records()) {
        try {
          bound.put(record, bind(record, binder));
        } catch (BindException e) {
          sentences.add(BindSentence.of(e));
        }
      }
    }
    sentences.addAll(new UnknownSettings(environment, KnownSettings.of(all)).sentences());
    BoundSettings settings = new BoundSettings(bound, environment);
    all.forEach(checked -> sentences.addAll(checked.demands().apply(settings)));
    if (!sentences.isEmpty()) {
      throw new InvalidSettingException(String.join("\n", sentences));
    }
  }

  private static Object bind(Class<?> record, Binder binder) {
    String prefix = record.getAnnotation(ConfigurationProperties.class).value();
    return binder.bindOrCreate(prefix, record);
  }
}
