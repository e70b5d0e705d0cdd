package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.audit.AuditLog;
import dev.countersign.devservices.tenant.PollLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Temporal is away for some time in which the user approves. */
class TemporalOutageIT {
  /** A poll would be due every second of it. */
  private static final Duration OUTAGE = Duration.ofSeconds(20);

  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(30);

  /** A request that was sent to Temporal would be retried for 8 s. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /** The workers look for the server ever more rarely, at last once a minute. */
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** Of a poll whose turn came just before. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(2);

  private static final String HEADPHONES = "Do you want to buy 2 headphones";

  @RegisterExtension
  static final Product product =
      new Product()
          .startApplication(
              "countersign.operators.claim=preferred_username", "countersign.operators.value=bob");

  @Test
  void ordersOnceWhenApprovedWhileTemporalWasAway() {
    Api alice = product.as("alice");
    String id = alice.buy(2, "headphones");
    Product.awaitStatus(alice, id, "AWAITING_APPROVAL");
    String key = UUID.randomUUID().toString();

    product.temporal.kill();
    // sent before the outage is known
    CompletableFuture<Api.Answer> asked = CompletableFuture.supplyAsync(() -> askForPencils(key));
    assertThatAnOperatorsAttemptIsAudited(id);
    assertThat(asked.join().status()).isEqualTo(503);
    await().atMost(UNTIL_KNOWN).until(() -> isRefusedAtOnce(key));
    Instant known = Instant.now();
    assertThat(alice.get("/api/purchases/" + id).status()).isEqualTo(503);
    product.phoneOf("alice").approve(HEADPHONES);
    await("refused at once, all the time")
        .pollInterval(Duration.ofSeconds(1))
        .during(OUTAGE)
        .atMost(OUTAGE.plusSeconds(30))
        .until(() -> isRefusedAtOnce(key));
    assertThat(pollsAfter(known.plus(UNDER_WAY)))
        .as("a token is fetched only when it can be stored")
        .isEmpty();

    Scrape scrape = Scrape.of(product);
    assertThat(scrape.sum("countersign_lease_held")).isZero();
    assertThat(scrape.sum("countersign_lease_age_seconds"))
        .isGreaterThan((double) OUTAGE.toSeconds());

    product.temporal.restart();
    String stapler =
        await()
            .atMost(RECOVERY)
            .until(() -> buyStapler(key), answer -> answer.status() == 202)
            .body()
            .path("id")
            .asText();
    await()
        .atMost(RECOVERY)
        .until(() -> alice.purchase(id).path("status").asText().equals("ORDERED"));
    assertThat(product.orders("headphones")).hasSize(1);
    assertThat(product.phoneOf("alice").requests(HEADPHONES)).hasSize(1);

    assertThat(buyStapler(key).body().path("id").asText()).isEqualTo(stapler);
    assertApprovedAndOrderedOnce(stapler, "stapler", 1);
    JsonNode turn = askForPencils(key).body();
    assertThat(askForPencils(key).body().path("messages")).isEqualTo(turn.path("messages"));
    String pencils = turn.path("calls").path(0).path("id").asText();
    assertApprovedAndOrderedOnce(pencils, "pencils", 3);
  }

  private static void assertThatAnOperatorsAttemptIsAudited(String id) {
    try (AuditLog audit = new AuditLog()) {
      Api.Answer answer = product.as("bob").post("/api/operator/calls/" + id + "/cancel", "");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(audit.of(id))
          .extracting(AuditLog.Entry::summary)
          .containsExactly("operator_act unclear");
    }
  }

  private static void assertApprovedAndOrderedOnce(String id, String name, int qty) {
    String bindingMessage = "Do you want to buy " + qty + " " + name;
    product.phoneOf("alice").approve(bindingMessage);
    Product.awaitStatus(product.as("alice"), id, "ORDERED");
    assertThat(product.orders(name)).hasSize(1);
    assertThat(product.phoneOf("alice").requests(bindingMessage)).hasSize(1);
  }

  private static Api.Answer askForPencils(String key) {
    return product
        .as("alice")
        .post("/api/chat", "{\"message\": \"Buy 3 pencils\"}", "Idempotency-Key", key);
  }

  private static Api.Answer buyStapler(String key) {
    return product
        .as("alice")
        .post("/api/purchases", "{\"product\": \"stapler\", \"qty\": 1}", "Idempotency-Key", key);
  }

  private static boolean isRefusedAtOnce(String key) {
    long sent = System.nanoTime();
    Api.Answer answer = buyStapler(key);
    Duration took = Duration.ofNanos(System.nanoTime() - sent);
    return answer.status() == 503
        && answer.contentType().startsWith("application/problem+json")
        && took.compareTo(AT_ONCE) < 0;
  }

  private static List<PollLog.Poll> pollsAfter(Instant moment) {
    return product.tenant.polls().stream()
        .flatMap(request -> request.polls().stream())
        .filter(poll -> poll.at().isAfter(moment))
        .toList();
  }
}
