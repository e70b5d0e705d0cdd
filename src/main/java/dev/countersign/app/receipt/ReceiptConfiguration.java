package dev.countersign.app.receipt;

import dev.countersign.app.api.ApiProperties;
import dev.countersign.app.api.OpenEndpoint;
import dev.countersign.autoconfigure.OidcProperties;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Who signs receipts, and who may know by which key: everybody. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReceiptProperties.class)
class ReceiptConfiguration {

  @Bean
  Receipts receipts(
      ReceiptProperties settings, ApiProperties api, OidcProperties oidc, Clock clock) {
    return new Receipts(settings, api, oidc, clock);
  }

  @Bean
  @Order(35)
  SecurityFilterChain receiptKeys(HttpSecurity http) {
    return OpenEndpoint.at(ReceiptController.KEYS, http);
  }
}
