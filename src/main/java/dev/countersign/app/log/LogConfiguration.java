package dev.countersign.app.log;

import ch.qos.logback.classic.LoggerContext;
import java.time.Clock;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has the log count what is repeated, while the application runs. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  @Bean
  DisposableBean repeatedErrors() {
    var filter = new RepeatedErrors(Clock.systemUTC());
    filter.start();
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext logs)) {
      return () -> {};
    }
    logs.addTurboFilter(filter);
    return () -> logs.getTurboFilterList().remove(filter);
  }
}
