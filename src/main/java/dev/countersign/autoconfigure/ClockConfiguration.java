package dev.countersign.autoconfigure;

import dev.countersign.clock.RemoteClocks;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** This machine's clock, and those of others as far as their answers tell. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClockProperties.class)
public class ClockConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  RemoteClocks remoteClocks(Clock clock, ClockProperties settings) {
    return new RemoteClocks(clock, settings.maxSkew());
  }

  @Bean
  ClocksHealthIndicator clocksHealthIndicator(RemoteClocks clocks) {
    return new ClocksHealthIndicator(clocks);
  }
}
