package dev.countersign.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an identity provider answers: as it should, or else. */
public final class ProviderAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "application/json";

  /**
   * Seconds that a user is given. Tests wait that long where the polls of a question are put off.
   */
  private static final int LIFE = 12;

  private static final List<String> ERRORS =
      List.of(
          "access_denied",
          "authorization_pending",
          "expired_login_hint_token",
          "expired_token",
          "invalid_authorization_details",
          "invalid_binding_message",
          "invalid_client",
          "invalid_grant",
          "invalid_request",
          "invalid_scope",
          "invalid_target",
          "invalid_user_code",
          "missing_user_code",
          "slow_down",
          "unauthorized_client",
          "unknown_user_id",
          "unsupported_grant_type",
          "server_error",
          "temporarily_unavailable",
          "too_many_requests",
          "transaction_failed",
          "Not Found",
          "ACCESS_DENIED",
          "access_denied ");

  private static final List<String> DESCRIPTIONS =
      List.of(
          "The user said no",
          "User does not have any enrolled authenticators",
          "no push device",
          "The transaction has expired");

  private static final List<String> SECONDS =
      List.of("12", "5", "1", "0", "-1", "0.5", "\"12\"", "\"5 \"", "1e12", "1E+999999999", "null");

  private final Dice dice;
  private final OddText texts;
  private final OddJson json;
  private final OddWire wire;

  /**
   * By these dice.
   *
   * @param slow how long a pause is for which nobody shall wait
   */
  public ProviderAnswers(Dice dice, Duration slow) {
    this.dice = dice;
    texts = new OddText(dice);
    json = new OddJson(dice);
    wire = new OddWire(dice, slow);
  }

  /**
   * An answer, and what was written before it was sent.
   *
   * @param document the text of its body, before that was spoilt
   */
  public record Written(String document, RawAnswer raw) {}

  /**
   * To a request for approval.
   *
   * @param authReqId of the acceptance
   * @param echo what was asked, which an error may repeat
   */
  public Written authentication(String authReqId, String echo) {
    if (dice.oneIn(3)) {
      return error(echo);
    }
    ObjectNode accepted = JSON.createObjectNode().put("auth_req_id", authReqId);
    accepted.set("expires_in", seconds(LIFE));
    if (!dice.oneIn(3)) {
      accepted.set("interval", seconds(2));
    }
    return written(200, accepted);
  }

  /**
   * To a poll.
   *
   * @param idToken null: none is granted
   */
  public Written token(String accessToken, @Nullable String idToken, String echo) {
    if (dice.oneIn(3)) {
      return error(echo);
    }
    ObjectNode granted = JSON.createObjectNode().put("access_token", accessToken);
    if (!dice.oneIn(5)) {
      granted.put("token_type", dice.oneOf("Bearer", "bearer", "Bearer", "DPoP", "", "mac"));
    }
    if (idToken != null) {
      granted.put("id_token", idToken);
    }
    if (!dice.oneIn(3)) {
      granted.set("expires_in", seconds(3_600));
    }
    switch (dice.below(6)) {
      case 0 -> granted.put("scope", "openid product:buy");
      case 1 -> granted.putArray("scope").add("openid").add("product:buy");
      case 2 -> granted.put("scope", "openid,product:buy");
      case 3 -> granted.put("scope", dice.oneOf("openid", "", " ", "product:buyer"));
      default -> {}
    }
    if (dice.oneIn(5)) {
      granted.putArray("authorization_details").addObject().put("type", "a").put("b", 2_500);
    }
    if (dice.oneIn(8)) {
      granted.put("refresh_token", "r");
    }
    return written(200, granted);
  }

  /** To a request for what the provider says of itself. */
  public RawAnswer document(String metadata) {
    return keys(metadata).raw();
  }

  /** To a request for keys. */
  public Written keys(String set) {
    try {
      return written(200, JSON.readTree(set));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Written error(String echo) {
    ObjectNode error = JSON.createObjectNode().put("error", dice.oneOf(ERRORS));
    switch (dice.below(4)) {
      case 0 -> error.put("error_description", dice.oneOf(DESCRIPTIONS));
      case 1 -> error.put("error_description", "Not with " + echo);
      case 2 -> error.put("error_description", texts.any());
      default -> {}
    }
    if (dice.oneIn(6)) {
      error.set("interval", seconds(5));
    }
    if (dice.oneIn(20)) {
      error.put("error", echo);
    }
    return written(dice.oneOf(400, 400, 400, 401, 403, 429, 200, 500, 404), error);
  }

  private JsonNode seconds(int usual) {
    try {
      return dice.oneIn(2)
          ? JSON.getNodeFactory().numberNode(usual)
          : JSON.readTree(dice.oneOf(SECONDS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A third as it should be, a third in odd HTTP, and a third with odd JSON in it. */
  private Written written(int status, JsonNode document) {
    String plain = json.plain(document);
    return switch (dice.below(3)) {
      case 0 -> new Written(plain, OddWire.plain(status, TYPE, plain));
      case 1 -> new Written(plain, wire.any(status, TYPE, plain));
      default -> {
        String odd = json.of(document);
        yield new Written(
            odd, dice.oneIn(2) ? OddWire.plain(status, TYPE, odd) : wire.any(status, TYPE, odd));
      }
    };
  }
}
