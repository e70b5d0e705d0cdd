package com.example.bank;

import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.LookUp;
import dev.countersign.guard.NotDoneException;
import dev.countersign.guard.RefusedException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * The bank's core system, over HTTP, which does what it is told with an approved token. What a
 * failed request has done is said by the exception: {@link NotDoneException} certainly nothing,
 * {@link RefusedException} nothing and never will, any other one that nobody knows.
 */
@Component
class CoreBank {
  /** By then an order that was sent is done, or never will be. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private final RestClient core;

  CoreBank(@Value("${bank.core}") String url) {
    var requests = new JdkClientHttpRequestFactory();
    requests.setReadTimeout(LONGEST_ANSWER);
    this.core = RestClient.builder().baseUrl(url).requestFactory(requests).build();
  }

  void transfer(BigDecimal amount, String iban, ApprovedCall approved) {
    order(HttpMethod.POST, "/transfers/" + iban, Map.of("amount", amount), approved);
  }

  void raiseLimit(String card, BigDecimal limit, ApprovedCall approved) {
    order(HttpMethod.PUT, "/cards/" + card, Map.of("limit", limit), approved);
  }

  void close(String iban, ApprovedCall approved) {
    order(HttpMethod.DELETE, "/accounts/" + iban, Map.of(), approved);
  }

  private void order(HttpMethod method, String path, Map<String, ?> body, ApprovedCall approved) {
    try {
      core.method(method)
          .uri(path)
          .headers(headers -> identify(headers, approved))
          .body(body)
          .retrieve()
          .onStatus(
              HttpStatus.SERVICE_UNAVAILABLE::equals,
              (_, answer) -> {
                throw new NotDoneException("The core bank is closed", retryAfter(answer));
              })
          .onStatus(
              HttpStatusCode::is4xxClientError,
              (_, answer) -> {
                throw new RefusedException("The core bank refuses this: " + answer.getStatusText());
              })
          .toBodilessEntity();
    } catch (ResourceAccessException e) {
      if (e.getCause() instanceof ConnectException) {
        throw new NotDoneException("The core bank can't be reached", e);
      }
      throw e; // it may have been done
    }
  }

  /** Whether the core bank knows the order of this call. */
  LookUp lookUp(ApprovedCall approved) {
    return core.get()
        .uri("/orders/{key}", approved.idempotencyKey())
        .headers(headers -> identify(headers, approved))
        .exchange((_, answer) ->
            switch (answer.getStatusCode().value()) {
              case 200 -> new LookUp.Done(null);
              case 404 -> new LookUp.NotFound(LONGEST_ANSWER);
              default -> new LookUp.Unclear("The core bank doesn't say", retryAfter(answer));
            });
  }

  /** Without a token where no approval was needed: the core bank has rules of its own for that. */
  private static void identify(HttpHeaders headers, ApprovedCall approved) {
    headers.set("Idempotency-Key", approved.idempotencyKey());
    if (approved.token() != null) {
      headers.setBearerAuth(approved.token());
    }
  }

  private static Duration retryAfter(ClientHttpResponse answer) {
    String seconds = answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
    return seconds == null ? null : Duration.ofSeconds(Long.parseLong(seconds));
  }
}
