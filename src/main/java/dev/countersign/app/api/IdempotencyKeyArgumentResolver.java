package dev.countersign.app.api;

import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads the {@code Idempotency-Key} header; a request without one gets a key of its own. The answer
 * names the key, so that whoever sent none can repeat the request all the same.
 */
final class IdempotencyKeyArgumentResolver implements HandlerMethodArgumentResolver {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]{1,255}");

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().equals(IdempotencyKey.class);
  }

  @Override
  public IdempotencyKey resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binderFactory) {
    IdempotencyKey key = key(request.getHeaderValues(HEADER));
    HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
    if (response != null) {
      response.setHeader(HEADER, key.value());
    }
    return key;
  }

  private static IdempotencyKey key(String @Nullable [] values) {
    if (values == null || values.length == 0) {
      return IdempotencyKey.random();
    }
    if (values.length > 1) {
      throw badRequest("The header Idempotency-Key must be sent once, but came several times.");
    }
    if (!VISIBLE_ASCII.matcher(values[0]).matches()) {
      throw badRequest("The header Idempotency-Key must have 1 to 255 visible ASCII characters.");
    }
    return new IdempotencyKey(values[0]);
  }

  private static ResponseStatusException badRequest(String sentence) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, sentence);
  }
}
