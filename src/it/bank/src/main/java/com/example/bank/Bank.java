package com.example.bank;

import dev.countersign.guard.NotDoneException;
import dev.countersign.guard.RefusedException;
import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Has the ledger book, which is another system of the bank's, and says what came of it. */
@Component
class Bank {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private final RestClient ledger;

  Bank(@Value("${bank.ledger}") String ledger) {
    var requests = new JdkClientHttpRequestFactory();
    requests.setReadTimeout(LONGEST_ANSWER);
    this.ledger = RestClient.builder().baseUrl(ledger).requestFactory(requests).build();
  }

  record Booking(BigDecimal amount, String iban) {}

  /**
   * Books a transfer.
   *
   * @throws NotDoneException if it certainly wasn't booked, and may be later
   * @throws RefusedException if it never will be; with any other exception, nobody knows
   */
  String transfer(BigDecimal amount, String iban, String token, String idempotencyKey) {
    ledger
        .post()
        .uri("/bookings")
        .headers(headers -> headers.setBearerAuth(token))
        .header("Idempotency-Key", idempotencyKey)
        .body(new Booking(amount, iban))
        .retrieve()
        .onStatus(
            HttpStatus.SERVICE_UNAVAILABLE::equals,
            (_, answer) -> {
              throw new NotDoneException("The ledger is closed", retryAfter(answer));
            })
        .onStatus(
            HttpStatusCode::is4xxClientError,
            (_, _) -> {
              throw new RefusedException("The ledger refuses to book this");
            })
        .toBodilessEntity();
    return "Transferred " + amount + " EUR";
  }

  private static Duration retryAfter(ClientHttpResponse answer) {
    String seconds = answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
    return seconds == null ? null : Duration.ofSeconds(Long.parseLong(seconds));
  }
}
