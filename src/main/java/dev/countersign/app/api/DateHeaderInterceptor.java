package dev.countersign.app.api;

import dev.countersign.clock.RemoteClock;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;

/** Reads a provider's clock off what it answers to Spring. */
public final class DateHeaderInterceptor implements ClientHttpRequestInterceptor {
  private final RemoteClock clock;

  private DateHeaderInterceptor(RemoteClock clock) {
    this.clock = clock;
  }

  /** The same requests, whose answers are reported to the clock. */
  public static ClientHttpRequestFactory observedBy(
      RemoteClock clock, ClientHttpRequestFactory http) {
    return new InterceptingClientHttpRequestFactory(
        http, List.of(new DateHeaderInterceptor(clock)));
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
