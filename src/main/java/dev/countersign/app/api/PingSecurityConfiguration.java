package dev.countersign.app.api;

import dev.countersign.ping.PingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Lets the provider's pings in: their bearer tokens are ours, not the issuer's. */
@Configuration(proxyBeanMethods = false)
public class PingSecurityConfiguration {

  /** The endpoint checks the token; CSRF is off because no browser sends one. */
  @Bean
  @Order(0)
  SecurityFilterChain notification(HttpSecurity http) {
    return OpenEndpoint.at(PingAutoConfiguration.PATH, http);
  }
}
