package dev.countersign;

import dev.countersign.app.purchase.PurchaseAttributes;
import dev.countersign.temporal.RequiredSearchAttributes;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Binds the settings, and checks all of them before anything else is made. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  CibaProperties.class,
  ClientKeyProperties.class,
  TlsProperties.class,
  BindingMessageProperties.class,
  ApprovalProperties.class,
  ReAskProperties.class,
  AuthorizationDetailsProperties.class,
  ShopProperties.class,
  KeysProperties.class
})
class SettingsConfiguration {

  @Bean
  static SettingsCheck settingsCheck(Environment environment) {
    return new SettingsCheck(environment);
  }

  @Bean
  RequiredSearchAttributes requiredSearchAttributes() {
    return new RequiredSearchAttributes(PurchaseAttributes.ALL);
  }
}
