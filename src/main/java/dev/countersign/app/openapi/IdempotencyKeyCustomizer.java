package dev.countersign.app.openapi;

import dev.countersign.app.api.IdempotencyKey;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Arrays;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Adds the header {@code Idempotency-Key} to what takes one: in the request and in the answer. */
final class IdempotencyKeyCustomizer implements GlobalOperationCustomizer {
  static final String NAME = "Idempotency-Key";

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    if (takesKey(method)) {
      operation.addParametersItem(new Parameter().$ref("#/components/parameters/" + NAME));
      operation
          .getResponses()
          .values()
          .forEach(response ->
              response.addHeaderObject(NAME, new Header().$ref("#/components/headers/" + NAME)));
    }
    return operation;
  }

  private static boolean takesKey(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType() == IdempotencyKey.class);
  }
}
