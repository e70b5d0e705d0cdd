package dev.countersign.devservices.tenant;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the form of {@code /bc-authorize} by Auth0's rules; refuses in Auth0's words. */
final class BackchannelAskReader {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern BINDING_MESSAGE = Pattern.compile("[A-Za-z0-9 +\\-_.,:#]{1,64}");
  private static final int LONGEST_EXPIRY = 259_200; // seconds: 72 hours

  /** Longer requests go out by e-mail, which needs no device; the phone page shows those too. */
  private static final Duration LONGEST_PUSH = Duration.ofMinutes(5);

  private final String issuer;
  private final Duration expiry;

  /**
   * @param expiry life of a request that asks for none
   */
  BackchannelAskReader(String issuer, Duration expiry) {
    this.issuer = issuer;
    this.expiry = expiry;
  }

  private record LoginHint(@Nullable String format, @Nullable String iss, @Nullable String sub) {}

  /**
   * @param from the address that the request came from
   * @throws OAuthRefusal if the request breaks a rule, or its user can't be asked
   */
  BackchannelAsk read(String clientId, String from, MultiValueMap<String, String> form) {
    form.forEach((name, values) -> {
      if (values.size() > 1) {
        throw OAuthRefusal.badRequest("invalid_request", name + " was sent more than once");
      }
    });
    String scope = required(form, "scope");
    if (!Arrays.asList(scope.split(" ")).contains("openid")) {
      throw OAuthRefusal.badRequest("invalid_request", "openid scope must be requested");
    }
    String bindingMessage = required(form, "binding_message");
    if (!BINDING_MESSAGE.matcher(bindingMessage).matches()) {
      throw OAuthRefusal.badRequest(
          "invalid_binding_message",
          "binding_message must be 1 to 64 alphanumeric characters, spaces and +-_.,:#");
    }
    Duration asked = expiry(form.getFirst("requested_expiry"));
    return new BackchannelAsk(
        clientId,
        from,
        user(hint(form), asked),
        scope,
        form.getFirst("audience"),
        bindingMessage,
        authorizationDetails(form.getFirst("authorization_details")),
        asked);
  }

  /** Beyond Auth0's: a {@code login_hint_token}, which here is a user's sub as it stands. */
  private static String hint(MultiValueMap<String, String> form) {
    String token = form.getFirst("login_hint_token");
    return token == null ? required(form, "login_hint") : token;
  }

  private TenantUser user(String loginHint, Duration asked) {
    String sub = loginHint.startsWith("{") ? subOfIssSub(loginHint) : loginHint;
    TenantUser user =
        TenantUser.bySub(sub)
            .orElseThrow(() ->
                OAuthRefusal.badRequest("unknown_user_id", "User ID is malformed or unknown"));
    if (!user.hasDevice() && asked.compareTo(LONGEST_PUSH) <= 0) {
      throw OAuthRefusal.badRequest(
          "invalid_request", "User does not have push notifications enabled");
    }
    return user;
  }

  private String subOfIssSub(String json) {
    LoginHint hint = parse(json, new TypeReference<LoginHint>() {}, "invalid_request");
    if (!"iss_sub".equals(hint.format) || !issuer.equals(hint.iss) || hint.sub == null) {
      throw OAuthRefusal.badRequest(
          "invalid_request",
          "login_hint must be {\"format\":\"iss_sub\",\"iss\":\"" + issuer + "\",\"sub\":…}");
    }
    return hint.sub;
  }

  private static List<Map<String, Object>> authorizationDetails(@Nullable String json) {
    return json == null
        ? List.of()
        : parse(json, new TypeReference<>() {}, "invalid_authorization_details");
  }

  private Duration expiry(@Nullable String requested) {
    if (requested == null) {
      return expiry;
    }
    try {
      int seconds = Integer.parseInt(requested);
      if (seconds >= 1 && seconds <= LONGEST_EXPIRY) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException _) {
      // refused below, as any other bad value is
    }
    throw OAuthRefusal.badRequest(
        "invalid_request", "requested_expiry must be a whole number from 1 to " + LONGEST_EXPIRY);
  }

  private static String required(MultiValueMap<String, String> form, String name) {
    String value = form.getFirst(name);
    if (value == null || value.isEmpty()) {
      throw OAuthRefusal.badRequest("invalid_request", name + " is required");
    }
    return value;
  }

  private static <T> T parse(String json, TypeReference<T> type, String error) {
    try {
      return JSON.readValue(json, type);
    } catch (JacksonException e) {
      throw OAuthRefusal.badRequest(error, "not the JSON that is expected here");
    }
  }
}
