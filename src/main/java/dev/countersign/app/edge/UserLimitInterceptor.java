package dev.countersign.app.edge;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.TooManyRequestsException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/** Answers 429 to a user who calls too often, before the body of the request is read. */
final class UserLimitInterceptor implements HandlerInterceptor {
  private final EdgeLimits limits;

  UserLimitInterceptor(EdgeLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      Caller.signedIn()
          .flatMap(caller -> limits.countRequest(caller.sub()))
          .ifPresent(wait -> {
            throw new TooManyRequestsException(wait);
          });
    }
    return true;
  }
}
