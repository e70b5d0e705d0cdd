package dev.countersign.app.api;

import dev.countersign.settings.WireType;
import dev.countersign.temporal.Outage;
import jakarta.validation.ConstraintViolation;
import java.util.List;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Every 4xx and 5xx of a controller as {@code application/problem+json} (RFC 9457), with a sentence
 * that says what to do. What is wrong with single fields is listed in the member {@code errors}.
 */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_AFTER_SECONDS = "5";

  /** A member of the body, or a parameter, that is not as it must be. */
  record FieldError(String field, String message) {}

  @ExceptionHandler(Exception.class)
  ResponseEntity<ProblemDetail> unexpected(Exception e) {
    if (Outage.isRateLimit(e)) {
      log.warn("Temporal turned a request away, a limit of calls is reached: {}", e.toString());
      return unavailable(
          "More is asked for than the server that keeps purchases and conversations takes at the"
              + " moment. Nothing is lost: send the request again with the same Idempotency-Key.");
    }
    if (Outage.isBehind(e)) {
      log.warn("Temporal didn't answer a request: {}", e.toString());
      return temporalUnreachable();
    }
    log.error("A request failed", e);
    return ResponseEntity.internalServerError()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong here. Send the request again with the same"
                    + " Idempotency-Key."));
  }

  /** Parameters that Tomcat can't read, or headers that the firewall refuses, once asked for. */
  @ExceptionHandler({InvalidParameterException.class, RequestRejectedException.class})
  ResponseEntity<ProblemDetail> unreadable() {
    return ResponseEntity.badRequest()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "The request's parameters or headers can't be read."));
  }

  static ResponseEntity<ProblemDetail> temporalUnreachable() {
    return unavailable(
        "The server that keeps purchases and conversations can't be reached at the moment."
            + " Nothing is lost: send the request again with the same Idempotency-Key.");
  }

  private static ResponseEntity<ProblemDetail> unavailable(String detail) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<FieldError> errors =
        e.getBindingResult().getFieldErrors().stream()
            .map(error -> new FieldError(error.getField(), sentence(error.getDefaultMessage())))
            .toList();
    return problem(e, errors, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<FieldError> errors =
        e.getParameterValidationResults().stream()
            .flatMap(result ->
                result.getResolvableErrors().stream()
                    .map(error ->
                        new FieldError(
                            field(result.getMethodParameter().getParameterName(), error),
                            sentence(error.getDefaultMessage()))))
            .toList();
    return problem(e, errors, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String field = e.getPropertyName() == null ? "parameter" : e.getPropertyName();
    FieldError error = new FieldError(field, "must be " + WireType.name(wanted(e)));
    return problem(e, List.of(error), headers, status, request);
  }

  /** Of a parameter with several values: what each of them must be. */
  private static @Nullable Class<?> wanted(TypeMismatchException e) {
    Class<?> wanted = e.getRequiredType();
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConversionFailedException failed) {
        wanted = failed.getTargetType().getType();
      }
    }
    return wanted;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (NestedExceptionUtils.getMostSpecificCause(e) instanceof BadRequestException) {
      return null; // a body that broke off, or was refused as it came: Tomcat answers
    }
    if (e.getCause() instanceof JacksonException cause && !cause.getPath().isEmpty()) {
      FieldError error = new FieldError(path(cause), "must be " + WireType.name(wanted(cause)));
      return problem(e, List.of(error), headers, status, request);
    }
    ProblemDetail body =
        ProblemDetail.forStatusAndDetail(status, "The body must be a valid JSON object.");
    return handleExceptionInternal(e, body, headers, status, request);
  }

  /** Whatever the caller accepts: a header that can't be read, or rules it out, is no reason. */
  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    var problem = new HttpHeaders(headers);
    problem.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return new ResponseEntity<>(body, problem, status);
  }

  private @Nullable ResponseEntity<Object> problem(
      Exception e,
      List<FieldError> errors,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail =
        String.join(
            "; ", errors.stream().map(error -> error.field() + " " + error.message()).toList());
    ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail + ".");
    body.setProperty("errors", errors);
    return handleExceptionInternal(e, body, headers, status, request);
  }

  /** Where in the body: {@code product}, {@code items[2].qty}. */
  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static @Nullable Class<?> wanted(JacksonException e) {
    return switch (e) {
      case MismatchedInputException mismatch -> mismatch.getTargetType();
      case InputCoercionException tooLarge -> tooLarge.getTargetType();
      default -> null;
    };
  }

  private static String field(@Nullable String parameter, Object error) {
    if (error instanceof org.springframework.validation.FieldError inBody) {
      return inBody.getField();
    }
    if (error instanceof ConstraintViolation<?> violation) {
      return violation.getPropertyPath().toString();
    }
    return parameter == null ? "parameter" : parameter;
  }

  private static String sentence(@Nullable String message) {
    return message == null ? "is not valid" : message;
  }
}
