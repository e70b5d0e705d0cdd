package dev.countersign.ciba.http;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.UserHint;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientAuthentication.ClientSecretPost;
import dev.countersign.ciba.client.ClientSecret;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.ciba.provider.CibaTimeouts;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.clock.RemoteClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** A provider whose answers a test writes down, and its clients. */
public final class Provider {
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  public static final String ISSUER = "https://tenant.example.com/";
  public static final String CLIENT_ID = "agent";
  public static final ClientAuthentication POST =
      new ClientSecretPost(CLIENT_ID, new ClientSecret("s3cr&t +ü"));
  private static final ExpectedUser USER = new ExpectedUser("sub", "auth0|alice");
  public static final AuthenticationRequest ASKED = asked("product:buy", null);

  private final OkHttpClient http = new OkHttpClient();
  private final MockWebServer server;

  public Provider(MockWebServer server) {
    this.server = server;
  }

  public static AuthenticationRequest asked(String scope, @Nullable String authorizationDetails) {
    return asked(List.of("openid", scope), USER, authorizationDetails, null);
  }

  public static AuthenticationRequest askedFor(String scope) {
    return asked(List.of(scope), USER, null, null);
  }

  public static AuthenticationRequest askedAbout(ExpectedUser user) {
    return asked(ASKED.scopes(), user, null, null);
  }

  static AuthenticationRequest askedInPingMode() {
    return asked(
        ASKED.scopes(),
        USER,
        null,
        new ClientNotificationToken("8d67dc78-7faa-4d41-aabd-67707b374255"));
  }

  private static AuthenticationRequest asked(
      List<String> scopes,
      ExpectedUser user,
      @Nullable String authorizationDetails,
      @Nullable ClientNotificationToken notificationToken) {
    return new AuthenticationRequest(
        new UserHint.LoginHint("alice"),
        user,
        "Do you want to buy 2 headphones",
        scopes,
        "sample-shop-api",
        authorizationDetails,
        Duration.ofMinutes(5),
        List.of(),
        null,
        notificationToken);
  }

  public static ClientSettings settings(ClientAuthentication authentication) {
    return settings(authentication, SigningAlgorithm.RS256);
  }

  public static ClientSettings settings(
      ClientAuthentication authentication, SigningAlgorithm idTokenAlgorithm) {
    return new ClientSettings(
        authentication, ResourceParameter.AUDIENCE, null, idTokenAlgorithm, null);
  }

  public static ClientSettings settings(@Nullable Boolean idTokenRequired) {
    return new ClientSettings(
        POST, ResourceParameter.AUDIENCE, null, SigningAlgorithm.RS256, idTokenRequired);
  }

  public BackchannelClient client() {
    return client(POST);
  }

  public BackchannelClient client(ClientAuthentication authentication) {
    return client(settings(authentication));
  }

  public BackchannelClient client(ClientSettings settings) {
    return client(settings, clock());
  }

  public BackchannelClient client(ClientSettings settings, RemoteClock clock) {
    return client(settings, clock, CibaTimeouts.defaults());
  }

  /** No time passes for it: what it may ask once in five seconds, it asks once. */
  private BackchannelClient client(
      ClientSettings settings, RemoteClock clock, CibaTimeouts timeouts) {
    return new HttpBackchannelClient(http, metadata(), settings, clock, timeouts, () -> 0);
  }

  /** The provider's, which it doesn't tell: this machine's counts, and is {@link #CLOCK}. */
  public static RemoteClock clock() {
    return new RemoteClock(ISSUER, CLOCK, Duration.ofMinutes(5));
  }

  /** Gives up on an answer soon. */
  BackchannelClient hastyClient() {
    Duration patient = Duration.ofSeconds(10);
    Duration soon = Duration.ofSeconds(1);
    return client(settings(POST), clock(), new CibaTimeouts(patient, soon, soon, soon));
  }

  public void answers(int status, String body) {
    server.enqueue(json(status, body).build());
  }

  /** The same with a date, as all but scripted providers send one. */
  void answersAt(Instant date, int status, String body) {
    server.enqueue(
        json(status, body)
            .addHeader(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atZone(ZoneOffset.UTC)))
            .build());
  }

  public static MockResponse.Builder json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json; charset=utf-8")
        .body(body);
  }

  /** The fields of a form, each of which is there once. */
  static Map<String, String> form(RecordedRequest request) {
    Map<String, String> fields = new TreeMap<>();
    URLUtils.parseParameters(Objects.requireNonNull(request.getBody()).utf8())
        .forEach((name, values) -> fields.put(name, String.join(" and ", values)));
    return fields;
  }

  private ProviderMetadata metadata() {
    return new ProviderMetadata(
        ISSUER,
        at("/bc-authorize"),
        at("/oauth/token"),
        null,
        null,
        at("/.well-known/jwks.json"),
        List.of("client_secret_post"),
        List.of(),
        List.of(),
        List.of(),
        List.of("poll"),
        false);
  }

  private URI at(String path) {
    return server.url(path).uri();
  }
}
