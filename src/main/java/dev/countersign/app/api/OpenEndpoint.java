package dev.countersign.app.api;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * What anybody may send requests to, and whoever answers them checks by itself. CSRF is off because
 * nothing there counts that a browser sends by itself.
 */
public final class OpenEndpoint {
  /** Where the provider's logout tokens arrive. */
  public static final String BACKCHANNEL_LOGOUT = "/logout/backchannel";

  private OpenEndpoint() {}

  /** The chain of one path. */
  public static SecurityFilterChain at(String path, HttpSecurity http) {
    return http.securityMatcher(path)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .build();
  }
}
