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
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Applies the ordered {@link Faults} to the requests they were ordered for. */
final class FaultFilter extends HttpFilter {
  private final transient Faults faults;
  private final transient Map<String, String> endpoints;
  private final transient CallLog log;

  /**
   * @param endpoints "METHOD /path" to the endpoint's name
   */
  FaultFilter(Faults faults, Map<String, String> endpoints, CallLog log) {
    this.faults = faults;
    this.endpoints = endpoints;
    this.log = log;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String endpoint = endpoints.get(request.getMethod() + " " + request.getRequestURI());
    if (endpoint == null) {
      chain.doFilter(request, response);
      return;
    }
    Fault fault = faults.take(endpoint);
    CallLog.Open call = log.begin(endpoint, request, fault);
    boolean answered = false;
    try {
      answered = answer(endpoint, fault, request, response, chain);
    } finally {
      call.end(answered ? response.getStatus() : 0);
    }
  }

  /** Returns whether there was an answer, if only half of one. */
  private boolean answer(
      String endpoint,
      @Nullable Fault fault,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    switch (fault) {
      case null -> chain.doFilter(request, response);
      case Fault.Answer answer -> send(answer, response);
      case Fault.Reset() -> {
        ConnectionCloser.close(request);
        return false;
      }
      case Fault.NoAnswer(Duration atMost) -> {
        hold(endpoint, atMost);
        ConnectionCloser.close(request);
        return false;
      }
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
        return false;
      }
      case Fault.AnswerAfter(Fault.Answer answer) -> {
        chain.doFilter(request, new ContentCachingResponseWrapper(response));
        response.reset();
        send(answer, response);
      }
      case Fault.Truncate() -> {
        var kept = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, kept);
        byte[] body = kept.getContentAsByteArray();
        response.setContentLength(body.length);
        response.getOutputStream().write(body, 0, body.length / 2);
        response.flushBuffer();
        ConnectionCloser.close(request);
      }
      case Fault.Mislabel(String contentType) -> {
        var kept = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, kept);
        byte[] body = kept.getContentAsByteArray();
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
      }
    }
    return true;
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
