package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps cookies and follows redirects as a browser does, and remembers where it has been. */
public final class Browser implements AutoCloseable {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1");

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
  private final List<HttpResponse<String>> visited = new ArrayList<>();

  /** Where it has been since it was opened, redirects included. */
  public List<HttpResponse<String>> visited() {
    return visited;
  }

  /** Follows a link without following redirects. */
  public HttpResponse<String> get(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    return send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  /** Posts, as a script does, with a header that shows that it has read the CSRF cookie. */
  public HttpResponse<String> postAsScript(String url, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .headers(
                "Content-Type",
                "application/json",
                "X-CSRF-TOKEN",
                cookie("COUNTERSIGN_CSRF").map(HttpCookie::getValue).orElse("none"))
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /** Sends a request as nothing but a program does. */
  public HttpResponse<String> call(String method, String url, String... headers) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .headers(headers)
            .method(method, BodyPublishers.noBody())
            .build());
  }

  /** Follows a link and then every redirect; the last answer. */
  public HttpResponse<String> follow(String url) {
    HttpResponse<String> answer = get(url, "Accept", "text/html");
    while (answer.statusCode() == 302) {
      answer = get(location(answer), "Accept", "text/html");
    }
    return answer;
  }

  /** Signs in at the tenant's form, and follows every redirect; the last answer. */
  public HttpResponse<String> signIn(String app, String user) {
    HttpResponse<String> form = follow(app + "/oauth2/authorization/countersign");
    assertThat(form.uri().getPath()).as(form.body()).isEqualTo("/login");
    HttpResponse<String> signedIn =
        send(
            HttpRequest.newBuilder(form.uri().resolve("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + user + "&password=" + user))
                .build());
    assertThat(signedIn.statusCode()).isEqualTo(302);
    return follow(location(signedIn));
  }

  /** Where a redirect leads to. */
  public static String location(HttpResponse<?> answer) {
    return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow()).toString();
  }

  private Optional<HttpCookie> cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .findAny();
  }

  /** The value of a cookie that must be there. */
  public String value(String name) {
    return cookie(name).orElseThrow(() -> new AssertionError("no cookie " + name)).getValue();
  }

  /** The names of all cookies. */
  public List<String> cookieNames() {
    return cookies.getCookieStore().getCookies().stream().map(HttpCookie::getName).toList();
  }

  /** Changes a cookie's value; null: forgets it. */
  public void change(String name, @Nullable String value) {
    cookie(name)
        .ifPresent(cookie -> {
          if (value == null) {
            cookies.getCookieStore().remove(null, cookie);
          } else {
            cookie.setValue(value);
          }
        });
  }

  private HttpResponse<String> send(HttpRequest request) {
    assertThat(LOCAL).contains(request.uri().getHost());
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      visited.add(answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
