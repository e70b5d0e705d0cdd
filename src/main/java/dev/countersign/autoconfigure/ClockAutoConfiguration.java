package dev.countersign.autoconfigure;

import dev.countersign.clock.RemoteClocks;
import dev.countersign.settings.ConditionalOnCountersign;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** This machine's clock, and those of others as far as their answers tell. */
@AutoConfiguration
@ConditionalOnCountersign
@EnableConfigurationProperties(ClockProperties.class)
public class ClockAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  RemoteClocks countersignRemoteClocks(ObjectProvider<Clock> clock, ClockProperties settings) {
    return new RemoteClocks(clock.getIfUnique(Clock::systemUTC), settings.maxSkew());
  }

  /** Where the host has an actuator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(AbstractHealthIndicator.class)
  static class Health {

    @Bean
    ClocksHealthIndicator countersignClocksHealthIndicator(RemoteClocks clocks) {
      return new ClocksHealthIndicator(clocks);
    }
  }
}
