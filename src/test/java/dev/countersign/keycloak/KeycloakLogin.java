package dev.countersign.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.springframework.web.util.HtmlUtils;

/** A user's browser at Keycloak's login page: authorization code with PKCE (RFC 7636). */
public final class KeycloakLogin {
  private static final Client CHAT =
      new Client("chat", "chat-secret", "http://127.0.0.1/callback", "openid chat:use");
  private static final Pattern FORM =
      Pattern.compile("id=\"kc-form-login\"[^>]*action=\"([^\"]+)\"");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OkHttpClient http =
      new OkHttpClient.Builder().followRedirects(false).cookieJar(new Cookies()).build();
  private final HttpUrl protocol;
  private final Client client;

  /**
   * Who sends the user there.
   *
   * @param callback is never called
   */
  public record Client(String id, String secret, String callback, String scope) {}

  private KeycloakLogin(String issuer, Client client) {
    this.client = client;
    this.protocol = Objects.requireNonNull(HttpUrl.parse(issuer + "/protocol/openid-connect"));
  }

  /** Logs a user in and returns an access token for the application's API. */
  public static String accessToken(Keycloak keycloak, String user, String password) {
    return tokens(keycloak.issuer(), CHAT, user, password).required("access_token").asText();
  }

  /** Logs a user in at this issuer and returns the token answer. */
  public static JsonNode tokens(String issuer, Client client, String user, String password) {
    KeycloakLogin login = new KeycloakLogin(issuer, client);
    CodeVerifier verifier = new CodeVerifier();
    try {
      return login.redeem(login.code(user, password, verifier), verifier);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String code(String user, String password, CodeVerifier verifier) throws IOException {
    HttpUrl authorization =
        protocol
            .newBuilder()
            .addPathSegment("auth")
            .addQueryParameter("client_id", client.id())
            .addQueryParameter("response_type", "code")
            .addQueryParameter("redirect_uri", client.callback())
            .addQueryParameter("scope", client.scope())
            .addQueryParameter("state", "of-the-test")
            .addQueryParameter("code_challenge_method", "S256")
            .addQueryParameter(
                "code_challenge",
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue())
            .build();
    String page = body(new Request.Builder().url(authorization).build());
    Matcher form = FORM.matcher(page);
    if (!form.find()) {
      throw new IllegalStateException("Keycloak shows no login form: " + page);
    }
    Request submitted =
        new Request.Builder()
            .url(HtmlUtils.htmlUnescape(form.group(1)))
            .post(new FormBody.Builder().add("username", user).add("password", password).build())
            .build();
    try (Response answer = http.newCall(submitted).execute()) {
      HttpUrl callback =
          HttpUrl.parse(Objects.requireNonNullElse(answer.header("Location"), "none"));
      if (callback == null || callback.queryParameter("code") == null) {
        throw new IllegalStateException("Keycloak refuses the login: " + answer);
      }
      return Objects.requireNonNull(callback.queryParameter("code"));
    }
  }

  private JsonNode redeem(String code, CodeVerifier verifier) throws IOException {
    Request request =
        new Request.Builder()
            .url(protocol.newBuilder().addPathSegment("token").build())
            .header("Authorization", Credentials.basic(client.id(), client.secret()))
            .post(
                new FormBody.Builder()
                    .add("grant_type", "authorization_code")
                    .add("code", code)
                    .add("redirect_uri", client.callback())
                    .add("code_verifier", verifier.getValue())
                    .build())
            .build();
    return JSON.readTree(body(request));
  }

  private String body(Request request) throws IOException {
    try (Response answer = http.newCall(request).execute()) {
      if (answer.code() != 200) {
        throw new IllegalStateException("Keycloak answers " + answer);
      }
      return answer.body().string();
    }
  }

  /** Keycloak's are for https alone, but as a browser does, these go to 127.0.0.1 anyway. */
  private static final class Cookies implements CookieJar {
    private final List<Cookie> cookies = new ArrayList<>();

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> received) {
      cookies.addAll(received);
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      return List.copyOf(cookies);
    }
  }
}
