package dev.countersign.app.receipt;

import dev.countersign.app.api.ApiProperties;
import dev.countersign.autoconfigure.OidcProperties;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
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
    return http.securityMatcher(ReceiptController.KEYS)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .build();
  }
}
