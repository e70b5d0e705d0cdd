package dev.countersign.devservices.loopback;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls of a server's endpoints that can misbehave, as seen from its own side. */
public final class CallLog {
  private static final List<String> TRACE = List.of("traceparent", "tracestate", "baggage");

  private final Function<HttpServletRequest, @Nullable String> subject;
  private final List<Open> calls = new ArrayList<>();

  /**
   * @param subject tells from a request what it is about, such as an id; null: nothing known
   */
  public CallLog(Function<HttpServletRequest, @Nullable String> subject) {
    this.subject = subject;
  }

  /** A log that doesn't tell what calls are about. */
  static CallLog ofAnything() {
    return new CallLog(_ -> null);
  }

  /**
   * One call.
   *
   * @param subject what it was about; empty if that isn't known
   * @param from when it arrived
   * @param to when it was answered, or its connection closed; null: it goes on
   * @param status HTTP status of the answer; 0: none was given
   * @param fault how it was made to misbehave; null: it wasn't
   * @param trace its headers {@code traceparent}, {@code tracestate} and {@code baggage}, of those
   *     that it had
   */
  public record Call(
      String endpoint,
      String subject,
      Instant from,
      @Nullable Instant to,
      int status,
      @Nullable Fault fault,
      Map<String, String> trace) {

    /** One without such headers. */
    public Call(
        String endpoint,
        String subject,
        Instant from,
        @Nullable Instant to,
        int status,
        @Nullable Fault fault) {
      this(endpoint, subject, from, to, status, fault, Map.of());
    }
  }

  /** Every call, in the order of their arrival. */
  public synchronized List<Call> calls() {
    return calls.stream().map(open -> open.call).toList();
  }

  synchronized Open begin(String endpoint, HttpServletRequest request, @Nullable Fault fault) {
    String about = subject.apply(request);
    Open open =
        new Open(
            new Call(
                endpoint,
                about == null ? "" : about,
                Instant.now(),
                null,
                0,
                fault,
                trace(request)));
    calls.add(open);
    return open;
  }

  private static Map<String, String> trace(HttpServletRequest request) {
    Map<String, String> found = new HashMap<>();
    for (String name : TRACE) {
      String value = request.getHeader(name);
      if (value != null) {
        found.put(name, value);
      }
    }
    return Map.copyOf(found);
  }

  /** A call under way. */
  final class Open {
    private Call call;

    private Open(Call call) {
      this.call = call;
    }

    void end(int status) {
      synchronized (CallLog.this) {
        call =
            new Call(
                call.endpoint,
                call.subject,
                call.from,
                Instant.now(),
                status,
                call.fault,
                call.trace);
      }
    }
  }
}
