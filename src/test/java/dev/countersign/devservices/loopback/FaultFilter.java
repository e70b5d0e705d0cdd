package dev.countersign.devservices.loopback;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Applies the ordered {@link Faults} to the requests they were ordered for. */
final class FaultFilter extends HttpFilter {
  private final transient Faults faults;
  private final transient Map<String, String> endpoints;

  /**
   * @param endpoints "METHOD /path" to the endpoint's name
   */
  FaultFilter(Faults faults, Map<String, String> endpoints) {
    this.faults = faults;
    this.endpoints = endpoints;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String endpoint = endpoints.get(request.getMethod() + " " + request.getRequestURI());
    Fault fault = endpoint == null ? null : faults.take(endpoint);
    if (endpoint == null || fault == null) {
      chain.doFilter(request, response);
      return;
    }
    switch (fault) {
      case Fault.Answer answer -> send(answer, response);
      case Fault.Reset() -> ConnectionCloser.close(request);
      case Fault.HoldBefore(Duration atMost) -> {
        hold(endpoint, atMost);
        chain.doFilter(request, response);
      }
      case Fault.HoldAfter(Duration atMost) -> {
        var kept = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, kept);
        hold(endpoint, atMost);
        kept.copyBodyToResponse();
      }
      case Fault.LoseAnswer() -> {
        chain.doFilter(request, new ContentCachingResponseWrapper(response));
        ConnectionCloser.close(request);
      }
    }
  }

  private static void send(Fault.Answer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (response.getContentType() == null && answer.body().startsWith("{")) {
      response.setContentType("application/json");
    }
    response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private void hold(String endpoint, Duration atMost) throws InterruptedIOException {
    try {
      faults.hold(endpoint, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("held until the server stopped");
    }
  }
}
