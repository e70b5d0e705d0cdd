package dev.countersign;

import dev.countersign.chat.ChatProperties;
import dev.countersign.security.ApiProperties;
import dev.countersign.security.OidcProperties;
import dev.countersign.temporal.TemporalSettings;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Binds every settings record before the first bean is made, so that whoever starts the application
 * for the first time sees all that is missing at once, and not one at a time.
 */
final class SettingsCheck implements BeanFactoryPostProcessor {
  static final List<Class<?>> RECORDS =
      List.of(
          OidcProperties.class,
          ApiProperties.class,
          CibaProperties.class,
          ApprovalProperties.class,
          ShopProperties.class,
          KeysProperties.class,
          ChatProperties.class,
          TemporalSettings.class);

  private final Environment environment;

  SettingsCheck(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    Binder binder = Binder.get(environment);
    List<String> sentences = RECORDS.stream().flatMap(record -> wrong(binder, record)).toList();
    if (!sentences.isEmpty()) {
      throw new InvalidSettingException(String.join("\n", sentences));
    }
  }

  private static Stream<String> wrong(Binder binder, Class<?> record) {
    try {
      binder.bindOrCreate(record.getAnnotation(ConfigurationProperties.class).value(), record);
      return Stream.empty();
    } catch (BindException e) {
      return Stream.of(BindSentence.of(e));
    }
  }
}
