package dev.countersign;

import dev.countersign.app.chat.ChatProperties;
import dev.countersign.app.events.StreamProperties;
import dev.countersign.app.login.PageProperties;
import dev.countersign.app.login.SessionProperties;
import dev.countersign.app.api.ApiProperties;
import dev.countersign.app.api.OidcProperties;
import dev.countersign.temporal.TemporalSettings;
import java.util.ArrayList;
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
 * Binds every settings record before the first bean is made, so that whoever starts the application
 * for the first time sees all that is missing at once, and not one at a time.
 */
final class SettingsCheck implements BeanFactoryPostProcessor {
  static final List<Class<?>> RECORDS =
      List.of(
          OidcProperties.class,
          ApiProperties.class,
          ClockProperties.class,
          CibaProperties.class,
          ClientKeyProperties.class,
          TlsProperties.class,
          BindingMessageProperties.class,
          ApprovalProperties.class,
          ReAskProperties.class,
          AuthorizationDetailsProperties.class,
          ShopProperties.class,
          KeysProperties.class,
          SessionProperties.class,
          PageProperties.class,
          ChatProperties.class,
          StreamProperties.class,
          TemporalSettings.class);

  private final Environment environment;

  SettingsCheck(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    Map<Class<?>, Object> bound = new HashMap<>();
    List<String> sentences = new ArrayList<>();
    for (Class<?> record : RECORDS) {
      try {
        bound.put(record, bind(record));
      } catch (BindException e) {
        sentences.add(BindSentence.of(e));
      }
    }
    sentences.addAll(unfit(bound));
    if (!sentences.isEmpty()) {
      throw new InvalidSettingException(String.join("\n", sentences));
    }
  }

  private Object bind(Class<?> record) {
    String prefix = record.getAnnotation(ConfigurationProperties.class).value();
    return Binder.get(environment).bindOrCreate(prefix, record);
  }

  private List<String> unfit(Map<Class<?>, Object> bound) {
    return bound.get(CibaProperties.class) instanceof CibaProperties ciba
            && bound.get(ApprovalProperties.class) instanceof ApprovalProperties approval
            && bound.get(ClientKeyProperties.class) instanceof ClientKeyProperties key
            && bound.get(TlsProperties.class) instanceof TlsProperties tls
            && bound.get(BindingMessageProperties.class) instanceof BindingMessageProperties message
        ? new SettingsFit(ciba, approval, key, tls, message, clientSecret(ciba)).faults()
        : List.of();
  }

  /** The login's is read by itself: the record that has it may miss something else. */
  private String clientSecret(CibaProperties ciba) {
    return ciba.clientSecretOr(environment.getProperty("countersign.oidc.client-secret", ""));
  }
}
