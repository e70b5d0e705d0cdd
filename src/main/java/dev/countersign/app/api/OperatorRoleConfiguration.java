package dev.countersign.app.api;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is an operator, by the settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperatorProperties.class)
class OperatorRoleConfiguration {

  @Bean
  OperatorRole operatorRole(OperatorProperties settings) {
    return settings.role();
  }
}
