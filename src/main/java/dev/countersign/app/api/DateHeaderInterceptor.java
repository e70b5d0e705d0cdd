package dev.countersign.app.api;

import dev.countersign.clock.RemoteClock;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Reads a provider's clock off what it answers to Spring. */
final class DateHeaderInterceptor implements ClientHttpRequestInterceptor {
  private final RemoteClock clock;

  /** Reports to the clock. */
  DateHeaderInterceptor(RemoteClock clock) {
    this.clock = clock;
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    long sentAt = System.nanoTime();
    ClientHttpResponse response = execution.execute(request, body);
    HttpHeaders headers = response.getHeaders();
    clock.observeAnswer(
        response.getStatusCode().value(),
        headers.getFirst(HttpHeaders.DATE),
        headers.getFirst(HttpHeaders.AGE),
        sentAt,
        System.nanoTime());
    return response;
  }
}
