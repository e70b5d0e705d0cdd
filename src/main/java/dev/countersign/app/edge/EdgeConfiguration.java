package dev.countersign.app.edge;

import dev.countersign.app.api.LongBody;
import dev.countersign.app.api.SecurityProblemHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The edge of page and API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeProperties.class)
class EdgeConfiguration {
  private static final int AFTER_FORWARDED_HEADERS = Ordered.HIGHEST_PRECEDENCE + 10;

  @Bean
  EdgeServer edgeServer(EdgeProperties properties, ObjectProvider<LongBody> longBodies) {
    return new EdgeServer(properties, longBodies.stream().toList());
  }

  @Bean
  EdgeLimits edgeLimits(EdgeProperties properties, ObjectProvider<MeterRegistry> meters) {
    return new EdgeLimits(properties, meters.getIfUnique(CompositeMeterRegistry::new));
  }

  @Bean
  FilterRegistrationBean<AddressLimitFilter> addressLimit(
      EdgeLimits limits, SecurityProblemHandler problems) {
    var filter = new FilterRegistrationBean<>(new AddressLimitFilter(limits, problems));
    filter.setOrder(AFTER_FORWARDED_HEADERS);
    return filter;
  }

  @Bean
  WebMvcConfigurer userLimit(EdgeLimits limits) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry
            .addInterceptor(new UserLimitInterceptor(limits))
            .addPathPatterns("/api/**")
            .excludePathPatterns("/api/session"); // costs nothing
      }
    };
  }

  /** A method that nothing here has is 405, as any other that the address doesn't have. */
  @Bean
  StrictHttpFirewall firewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }
}
