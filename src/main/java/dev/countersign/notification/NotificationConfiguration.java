package dev.countersign.notification;

import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** What the notification endpoint needs. */
@Configuration(proxyBeanMethods = false)
@PingMode
class NotificationConfiguration {

  @Bean
  WaitingWorkflows waitingWorkflows(WorkflowClient client) {
    return new WaitingWorkflows(client);
  }

  /** The bearer token is none of the issuer's: the controller checks it. */
  @Bean
  @Order(0)
  SecurityFilterChain notifications(HttpSecurity http) {
    return http.securityMatcher(NotificationController.PATH)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .build();
  }
}
