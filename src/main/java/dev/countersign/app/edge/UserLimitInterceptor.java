package dev.countersign.app.edge;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.TooManyRequestsException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Answers 429 to a user who calls too often, or sends too much at once, before the body of the
 * request is read.
 */
final class UserLimitInterceptor implements AsyncHandlerInterceptor {
  private static final String COUNTED = UserLimitInterceptor.class.getName();
  private static final Duration SOON = Duration.ofSeconds(1);

  private final EdgeLimits limits;
  private final BodiesAtOnce bodies = new BodiesAtOnce();

  UserLimitInterceptor(EdgeLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      Caller.signedIn().ifPresent(caller -> count(request, caller.sub()));
    }
    return true;
  }

  private void count(HttpServletRequest request, String sub) {
    limits
        .countRequest(sub)
        .ifPresent(wait -> {
          throw new TooManyRequestsException(wait);
        });
    if (hasBody(request)) {
      if (!bodies.begin(sub)) {
        limits.tooManyBodies();
        throw new TooManyRequestsException(SOON);
      }
      request.setAttribute(COUNTED, sub);
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception e) {
    end(request);
  }

  /** What is answered later has been read by now. */
  @Override
  public void afterConcurrentHandlingStarted(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    end(request);
  }

  private void end(HttpServletRequest request) {
    if (request.getAttribute(COUNTED) instanceof String sub) {
      request.removeAttribute(COUNTED);
      bodies.end(sub);
    }
  }
}
