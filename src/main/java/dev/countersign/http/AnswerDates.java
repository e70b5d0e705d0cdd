package dev.countersign.http;

import dev.countersign.clock.RemoteClock;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Reads a server's clock off its answers. */
public final class AnswerDates implements Interceptor {
  private final RemoteClock clock;

  private AnswerDates(RemoteClock clock) {
    this.clock = clock;
  }

  /** The same client, whose answers are reported to the clock. */
  public static OkHttpClient observedBy(RemoteClock clock, OkHttpClient http) {
    // on the network, where the time to connect doesn't count
    return http.newBuilder().addNetworkInterceptor(new AnswerDates(clock)).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    long sentAt = System.nanoTime();
    Response response = chain.proceed(chain.request());
    clock.observeAnswer(
        response.code(),
        response.header("Date"),
        response.header("Age"),
        sentAt,
        System.nanoTime());
    return response;
  }
}
