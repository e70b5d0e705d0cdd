package dev.countersign.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.answers.AnsweringServer;
import dev.countersign.answers.Asked;
import dev.countersign.answers.Dice;
import dev.countersign.answers.GeneratedCase;
import dev.countersign.answers.ModelAnswers;
import dev.countersign.answers.OddWire;
import dev.countersign.answers.ProviderAnswers;
import dev.countersign.answers.RawAnswer;
import dev.countersign.answers.ShopAnswers;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.e2e.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the tenant, the shop and the model's server of a {@link World}, and makes up
 * answers from a seed: in the place of theirs, before or after they have acted, until it heals.
 */
final class OddPeers implements AutoCloseable {
  private static final Duration SLOW = Duration.ofSeconds(5);
  private static final int EVERY_TIME = 10_000;
  private static final List<String> PASSED_ON =
      List.of("authorization", "content-type", "accept", "idempotency-key");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AnsweringServer server = AnsweringServer.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final long seed;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile boolean healed;

  OddPeers(long seed) {
    this.seed = seed;
  }

  /** Settings that lead an application here. */
  Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> changed = new HashMap<>(variables);
    changed.put("SHOP_API_URL", server.url("/shop/orders"));
    changed.put("OPENAI_BASE_URL", server.url("/model/v1"));
    changed.put("COUNTERSIGN_CHAT_MODEL_ANSWERTIMEOUT", "5s");
    changed.put("COUNTERSIGN_SHOP_GIVEUPAFTER", "8s");
    changed.put("COUNTERSIGN_SHOP_SETTLEWITHIN", "0s");
    return changed;
  }

  /** Begins to answer in their place; call it before the applications start. */
  void standBefore(World world) {
    advertise(world);
    server.answer(
        "tenant", asked -> answer(asked, world.tenant.issuer(), "/tenant/", this::tenant));
    server.answer("shop", asked -> answer(asked, world.shop.url(), "/shop/orders", this::shop));
    server.answer("model", asked -> answer(asked, world.model.baseUrl(), "/model/v1", this::model));
  }

  /** From now on all answer as they are. */
  void heal() {
    healed = true;
  }

  int requests() {
    return requests.get();
  }

  private void advertise(World world) {
    try {
      ObjectNode metadata =
          (ObjectNode)
              JSON.readTree(
                  new Api(world.tenant.issuer(), null)
                      .get(".well-known/openid-configuration")
                      .text());
      for (String endpoint : List.of("backchannel_authentication_endpoint", "token_endpoint")) {
        String path = URI.create(metadata.path(endpoint).asText()).getPath();
        metadata.put(endpoint, server.url("/tenant" + path));
      }
      world
          .tenant
          .faults()
          .next(
              "discovery",
              EVERY_TIME,
              new Fault.Answer(
                  200, metadata.toString(), Map.of("Content-Type", "application/json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface MadeUp {
    RawAnswer answer(Asked asked, Dice dice);
  }

  private RawAnswer answer(Asked asked, String base, String prefix, MadeUp madeUp) {
    Dice dice = new GeneratedCase(seed, requests.incrementAndGet()).dice();
    String url = base + asked.path().substring(prefix.length());
    if (healed) {
      return passedOn(asked, url);
    }
    return switch (dice.below(6)) {
      case 0, 1 -> madeUp.answer(asked, dice);
      case 2 -> {
        RawAnswer _ = passedOn(asked, url);
        yield madeUp.answer(asked, dice);
      }
      case 3 -> {
        HttpResponse<byte[]> given = send(asked, url);
        yield new OddWire(dice, SLOW)
            .any(given.statusCode(), type(given), new String(given.body(), UTF_8));
      }
      default -> passedOn(asked, url);
    };
  }

  private RawAnswer tenant(Asked asked, Dice dice) {
    ProviderAnswers answers = new ProviderAnswers(dice, SLOW);
    return (asked.path().contains("bc-authorize")
            ? answers.authentication("made-up", asked.body())
            : answers.token("made.up", null, asked.body()))
        .raw();
  }

  private RawAnswer shop(Asked asked, Dice dice) {
    return new ShopAnswers(dice, SLOW).any(String.valueOf(asked.headers().get("authorization")));
  }

  private RawAnswer model(Asked asked, Dice dice) {
    return new ModelAnswers(dice, SLOW).any(asked, "none");
  }

  private RawAnswer passedOn(Asked asked, String url) {
    HttpResponse<byte[]> answer = send(asked, url);
    return OddWire.plain(answer.statusCode(), type(answer), new String(answer.body(), UTF_8));
  }

  private static String type(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Content-Type").orElse("text/plain");
  }

  private HttpResponse<byte[]> send(Asked asked, String url) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(asked.method(), BodyPublishers.ofString(asked.body()));
    for (String header : PASSED_ON) {
      @Nullable String value = asked.headers().get(header);
      if (value != null) {
        request.header(header, Objects.requireNonNull(value));
      }
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
