package dev.countersign;

import dev.countersign.autoconfigure.ApprovalAutoConfiguration;
import dev.countersign.autoconfigure.CibaAutoConfiguration;
import dev.countersign.autoconfigure.ClockAutoConfiguration;
import dev.countersign.autoconfigure.GuardAutoConfiguration;
import dev.countersign.autoconfigure.SettingsAutoConfiguration;
import dev.countersign.metrics.MetricsAutoConfiguration;
import dev.countersign.ping.PingAutoConfiguration;
import dev.countersign.temporal.TemporalAutoConfiguration;
import dev.countersign.tracing.TracingAutoConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Whatever others configure by themselves, and nothing of ours: for tests of single parts. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnableAutoConfiguration(
    exclude = {
      ApprovalAutoConfiguration.class,
      CibaAutoConfiguration.class,
      ClockAutoConfiguration.class,
      GuardAutoConfiguration.class,
      SettingsAutoConfiguration.class,
      MetricsAutoConfiguration.class,
      PingAutoConfiguration.class,
      TemporalAutoConfiguration.class,
      TracingAutoConfiguration.class
    })
public @interface ForeignAutoConfiguration {}
