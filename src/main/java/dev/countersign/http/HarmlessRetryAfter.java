package dev.countersign.http;

import java.io.IOException;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from acting on the {@code Retry-After} of a 503: after a 0 it repeats the request by
 * itself, and at a number of more digits than an int has it fails, though the answer is there.
 */
final class HarmlessRetryAfter implements Interceptor {
  private static final String NAME = "Retry-After";
  private static final int UNAVAILABLE = 503;
  private static final Pattern NUMBER = Pattern.compile("0*+(\\d*+)");
  private static final String MOST = "999999999";

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String wait = response.header(NAME);
    if (response.code() != UNAVAILABLE || wait == null) {
      return response;
    }
    var number = NUMBER.matcher(wait);
    if (!number.matches() || wait.isEmpty()) {
      return response;
    }
    String digits = number.group(1);
    if (digits.isEmpty()) {
      return chain.request().body() == null // any other is sent once
          ? response.newBuilder().removeHeader(NAME).build()
          : response;
    }
    return digits.length() <= MOST.length()
        ? response
        : response.newBuilder().header(NAME, MOST).build();
  }
}
