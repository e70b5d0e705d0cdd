package dev.countersign;

import java.time.Instant;
import okhttp3.OkHttpClient;
import org.springframework.util.StringUtils;

/** What {@link Broken} calls: no workflow by its name, but workflow code all the same. */
final class BrokenStep {
  private final OkHttpClient http = new OkHttpClient();

  Instant now() {
    return Instant.now();
  }

  boolean reaches(String url) {
    return StringUtils.hasText(url) && http.dispatcher().runningCallsCount() == 0;
  }
}
