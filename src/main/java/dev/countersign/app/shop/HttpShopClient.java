package dev.countersign.app.shop;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.http.Exchange.Answered;
import dev.countersign.http.Exchange.Lost;
import dev.countersign.http.Exchange.NotSent;
import dev.countersign.http.RetryAfter;
import dev.countersign.http.Transport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** A shop that takes orders by {@code POST}, as JSON. Thread-safe. */
public final class HttpShopClient implements ShopClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final MediaType JSON = MediaType.get("application/json");

  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();
  private final RefusalWords words = new RefusalWords(json);
  private final OrderNumber numbers;
  private final HttpUrl endpoint;
  private final @Nullable String lookUp;
  private final Transport transport;
  private final boolean unavailableMeansNotOrdered;
  private final Clock clock;

  /**
   * A client for one shop.
   *
   * @param http whose network settings are used
   * @param shop where it is and what its answers mean
   * @param clock tells how far away the date in a {@code Retry-After} is
   */
  public HttpShopClient(OkHttpClient http, ShopSite shop, Clock clock) {
    Duration timeout = shop.callTimeout();
    this.endpoint = HttpUrl.get(shop.orders().toString());
    this.numbers = new OrderNumber(json, endpoint);
    this.lookUp = shop.lookUp();
    this.transport = Transport.connectingAnew(http, CONNECT_TIMEOUT, timeout, timeout);
    this.unavailableMeansNotOrdered = shop.unavailableMeansNotOrdered();
    this.clock = clock;
  }

  @Override
  public OrderAnswer order(Order order, BearerToken token, String idempotencyKey) {
    Request request =
        new Request.Builder()
            .url(endpoint)
            .header("Authorization", "Bearer " + token.value())
            .header("Idempotency-Key", idempotencyKey)
            .header("Accept", "application/json, application/problem+json")
            .post(RequestBody.create(write(order), JSON))
            .build();
    return switch (transport.send(request)) {
      case NotSent(var reason) -> new OrderAnswer.NotSent(reason);
      case Lost(var reason) -> new OrderAnswer.Unknown(reason);
      case Answered answer -> read(answer, token);
    };
  }

  @Override
  public LookUpAnswer lookUp(BearerToken token, String idempotencyKey) {
    if (lookUp == null) {
      return new LookUpAnswer.Unknown("Orders can't be looked up at this shop", null);
    }
    String key = URLEncoder.encode(idempotencyKey, StandardCharsets.UTF_8).replace("+", "%20");
    Request request =
        new Request.Builder()
            .url(lookUp.replace(ShopSite.KEY, key))
            .header("Authorization", "Bearer " + token.value())
            .header("Idempotency-Key", idempotencyKey)
            .header("Accept", "application/json, application/problem+json")
            .get()
            .build();
    return switch (transport.send(request)) {
      case NotSent(var reason) -> new LookUpAnswer.Unknown(reason, null);
      case Lost(var reason) -> new LookUpAnswer.Unknown(reason, null);
      case Answered answer when answer.status() == 200 && !answer.isPage() ->
          new LookUpAnswer.Ordered(answer.statusText(), numbers.of(answer, token));
      case Answered answer when answer.status() == 404 && !answer.isPage() ->
          new LookUpAnswer.NotFound();
      case Answered answer -> {
        OrderAnswer.Unknown unknown = unknown(answer, token);
        yield new LookUpAnswer.Unknown(unknown.reason(), unknown.retryAfter());
      }
    };
  }

  private byte[] write(Order order) {
    try {
      return json.writeValueAsBytes(order); // bytes: OkHttp would add a charset to a string's type
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An order is always writable as JSON", e);
    }
  }

  private OrderAnswer read(Answered answer, BearerToken token) {
    int status = answer.status();
    if (answer.isSuccess()) {
      return answer.isPage()
          ? new OrderAnswer.Unknown(
              "The shop's address answered " + status + " with a page, which is no order's answer",
              null)
          : new OrderAnswer.Ordered(answer.statusText(), numbers.of(answer, token));
    }
    return switch (status) {
      case 401 -> new OrderAnswer.Unauthorized(words.of(answer, token));
      case 409 -> new OrderAnswer.Conflict(words.of(answer, token));
      case 408 -> unknown(answer, token);
      case 425, 429 -> busy(answer);
      case 503 -> unavailableMeansNotOrdered ? busy(answer) : unknown(answer, token);
      default ->
          status >= 400 && status < 500
              ? new OrderAnswer.Refused(status, words.of(answer, token))
              : unknown(answer, token);
    };
  }

  private OrderAnswer.Busy busy(Answered answer) {
    return new OrderAnswer.Busy(answer.status(), RetryAfter.of(answer.headers(), clock));
  }

  private OrderAnswer.Unknown unknown(Answered answer, BearerToken token) {
    return new OrderAnswer.Unknown(
        "The shop answered " + answer.status() + ": " + words.of(answer, token),
        RetryAfter.of(answer.headers(), clock));
  }
}
