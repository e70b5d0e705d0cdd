package dev.countersign.devservices.tenant;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Tells applications of logouts (OpenID Connect Back-Channel Logout 1.0). */
final class Logouts {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final List<URI> endpoints = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  void add(URI endpoint) {
    endpoints.add(endpoint);
  }

  /**
   * Tells all.
   *
   * @param sid the session that has ended; null: all of the user's
   * @return the status of each answer, 0: there was none
   */
  List<Integer> tell(TokenIssuer tokens, String sub, @Nullable String sid) {
    List<Integer> statuses = new ArrayList<>();
    for (URI endpoint : endpoints) {
      statuses.add(post(endpoint, tokens.logoutToken(sub, sid).getTokenValue()));
    }
    return statuses;
  }

  private int post(URI endpoint, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
