package dev.countersign.app.log;

import ch.qos.logback.classic.LoggerContext;
import java.time.Clock;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Has the log say of what its lines are, and count what is repeated. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  @Bean
  Addresses addresses() {
    return new Addresses();
  }

  @Bean
  WebMvcConfigurer requestIds() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RequestIds()).order(Ordered.HIGHEST_PRECEDENCE);
      }
    };
  }

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
