package dev.countersign.app.api;

import dev.countersign.temporal.DurableStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Answers 503 at once while Temporal is known to be away: an update is retried for a minute by the
 * SDK, and nobody waits a minute to learn that nothing happened.
 */
@Component
class OutageInterceptor implements HandlerInterceptor, WebMvcConfigurer {
  private final ObjectProvider<DurableStore> store;

  OutageInterceptor(ObjectProvider<DurableStore> store) {
    this.store = store;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(this)
        .addPathPatterns("/api/**")
        .excludePathPatterns("/api/session"); // who is signed in, Temporal needn't know
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    DurableStore durable = store.getIfAvailable();
    if (durable != null && !durable.isReachable()) {
      var problem = ProblemAdvice.temporalUnreachable();
      var refused =
          new ErrorResponseException(
              HttpStatus.SERVICE_UNAVAILABLE, Objects.requireNonNull(problem.getBody()), null);
      refused.getHeaders().addAll(problem.getHeaders());
      throw refused;
    }
    return true;
  }
}
