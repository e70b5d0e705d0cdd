package dev.countersign.app.log;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Has each line about a request name the call or the conversation of its path. */
final class RequestIds implements AsyncHandlerInterceptor {
  /** Whoever sends the request has typed it. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,150}");

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> variables) {
      Stream.of("id", "conversationId")
          .map(variables::get)
          .filter(Objects::nonNull)
          .map(Object::toString)
          .filter(id -> ID.matcher(id).matches())
          .findFirst()
          .ifPresent(id -> MDC.put(EscapedText.WORKFLOW_ID, id));
    }
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception e) {
    MDC.remove(EscapedText.WORKFLOW_ID);
  }

  @Override
  public void afterConcurrentHandlingStarted(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    MDC.remove(EscapedText.WORKFLOW_ID);
  }
}
