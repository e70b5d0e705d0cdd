package dev.countersign.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, each at most once: no silent repeat, no redirect followed, no cookie kept. What
 * goes wrong comes back as an {@link Exchange}, never as an exception. Thread-safe.
 */
public final class Transport {
  /** Longer bodies count as unreadable: 1 MiB. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  /** OkHttp checks an idle connection only after 10 s, but many servers close it after 5 s. */
  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(4);

  private static final Receiver WHOLE =
      new Receiver() {
        @Override
        public void begins(Runnable cancel) {}

        @Override
        public @Nullable String read(Response response) throws IOException {
          return readWhole(response.body());
        }
      };

  private final OkHttpClient http;

  private Transport(OkHttpClient http) {
    this.http = http;
  }

  /**
   * For requests that may be lost now and then: keeps connections for a few seconds, so that one
   * may be used which its server is just closing.
   *
   * @param base whose network settings are used, its connections not
   * @param connect longest time to connect
   * @param read longest silence of the server, while the connection is made secure too
   * @param call longest time for everything together
   */
  public static Transport reusing(
      OkHttpClient base, Duration connect, Duration read, Duration call) {
    return new Transport(with(base, connect, read, call, pool(32)));
  }

  /**
   * For requests of which it must be known whether they arrived: makes a new connection whenever
   * none is in use, so that none can be stale. Parameters as of {@link #reusing}.
   */
  public static Transport connectingAnew(
      OkHttpClient base, Duration connect, Duration read, Duration call) {
    return new Transport(with(base, connect, read, call, pool(0)));
  }

  private static ConnectionPool pool(int mostIdle) {
    return new ConnectionPool(mostIdle, IDLE_CONNECTION.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static OkHttpClient with(
      OkHttpClient base, Duration connect, Duration read, Duration call, ConnectionPool pool) {
    return base.newBuilder()
        .addNetworkInterceptor(new HarmlessRetryAfter())
        .connectionPool(pool)
        .connectTimeout(connect)
        .readTimeout(read)
        .writeTimeout(read)
        .callTimeout(call)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .authenticator(Authenticator.NONE)
        .cookieJar(CookieJar.NO_COOKIES)
        .cache(null)
        .build();
  }

  /** What takes an answer as it comes. */
  public interface Receiver {
    /**
     * The request is about to be sent.
     *
     * @param cancel ends it, on any thread and at any time: what hasn't come by then is lost
     */
    void begins(Runnable cancel);

    /**
     * Reads the body of an answer.
     *
     * @return what it comes to; null: it broke off, or is too long
     * @throws IOException if it broke off
     */
    @Nullable String read(Response response) throws IOException;
  }

  /** Sends the request and reads the answer to its end. */
  public Exchange send(Request request) {
    return send(request, WHOLE);
  }

  /** Sends the request and has the answer read as it comes. */
  public Exchange send(Request request, Receiver receiver) {
    RequestBody body = request.body();
    Request once =
        body == null
            ? request
            : request.newBuilder().method(request.method(), new SentOnce(body)).build();
    CallProgress progress = new CallProgress();
    Call call = http.newCall(once);
    call.addEventListener(progress);
    receiver.begins(call::cancel);
    Response answer;
    try {
      answer = call.execute();
    } catch (IOException | RuntimeException e) {
      // OkHttp checks little of what it reads: a status of -20 throws what no caller expects
      return failed(request, e, progress);
    }
    try (Response response = answer) {
      return new Exchange.Answered(
          response.code(), response.message(), response.headers(), read(response, receiver));
    }
  }

  private static Exchange failed(Request request, Exception e, CallProgress progress) {
    // the kind of exception doesn't tell: a reset may come from connecting or from a server that
    // closed a pooled connection after it had read the request
    String reason = request.url().host() + ": " + wordsOf(e);
    return progress.mayHaveArrived(e) ? new Exchange.Lost(reason) : new Exchange.NotSent(reason);
  }

  private static @Nullable String read(Response response, Receiver receiver) {
    try {
      return receiver.read(response);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Reads a body as one text.
   *
   * @return null: it is longer than {@link #MAX_BODY_BYTES}
   * @throws IOException if it broke off
   */
  public static @Nullable String readWhole(ResponseBody body) throws IOException {
    return body.source().request(MAX_BODY_BYTES + 1L) ? null : body.string();
  }

  private static String wordsOf(Exception e) {
    boolean quotes = e instanceof ProtocolException || e instanceof RuntimeException;
    String words = Words.clean(quotes ? withoutQuote(e.getMessage()) : e.getMessage());
    if (e instanceof InterruptedIOException) {
      return "stopped waiting" + (words == null ? "" : " (" + words + ")");
    }
    return words == null ? e.getClass().getSimpleName() : words;
  }

  /**
   * OkHttp quotes what it can't read, which may be the rest of an answer before it on the same
   * connection, with a token in it.
   */
  private static @Nullable String withoutQuote(@Nullable String message) {
    return message == null ? null : message.split("[:\"]", 2)[0];
  }

  /** OkHttp repeats a request by itself after a 503 with {@code Retry-After: 0}, but not such. */
  private static final class SentOnce extends RequestBody {
    private final RequestBody body;

    SentOnce(RequestBody body) {
      this.body = body;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      body.writeTo(sink);
    }
  }
}
