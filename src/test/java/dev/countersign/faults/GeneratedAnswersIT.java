package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.e2e.Api;
import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Flow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole application between an identity provider, a shop and a model's server whose answers are
 * made up: {@code -Danswers.seed} says from which seed, {@code -Danswers.seconds} for how long they
 * are. Then all of them answer well, and whatever was begun ends.
 */
@Timeout(600)
class GeneratedAnswersIT {
  private static final long SEED = Long.getLong("answers.seed", 1);
  private static final Duration ODD = Duration.ofSeconds(Integer.getInteger("answers.seconds", 8));
  private static final int AT_ONCE = 6;

  /** A turn may take its two minutes with a model that answers late. */
  private static final Duration ONE_REQUEST = Duration.ofSeconds(50);

  private static final Duration EXPIRY = Duration.ofSeconds(9);
  private static final Duration ENDS = Duration.ofMinutes(2);
  private static final Duration AGAIN = Duration.ofMillis(300);

  /** As the API's description has them: away for now, or a turn that goes on. */
  private static final List<Integer> LATER = List.of(503, 504);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  /** An answer of the API. */
  private record Seen(String request, int status, Duration took, String body) {}

  @Test
  void nothingIsStuckAndNothingIsOrderedWithoutAYes() throws Exception {
    Plan plan = plan();
    try (OddPeers peers = new OddPeers(SEED);
        World world = new World(plan, peers::environment)) {
      Path log = log(plan);
      Files.deleteIfExists(log);
      peers.standBefore(world);
      world.start();
      Phones phones = new Phones(world, plan);
      Thread watch = Thread.ofVirtual().name("phones").start(phones::watch);
      say(world, plan, peers);
      List<Bought> purchases = awaitEnds(new Reader(world));
      System.out.printf(
          "Answers of seed %d: %d of the API, %d of its peers, %d purchases, %d orders%n",
          SEED, seen.size(), peers.requests(), purchases.size(), world.shop.records().size());
      assertThat(seen)
          .allMatch(answer -> answer.status() < 500 || LATER.contains(answer.status()))
          .allMatch(answer -> answer.took().compareTo(ONE_REQUEST) < 0);
      goesOn(world);
      watch.interrupt();
      watch.join();
      assertThat(Audit.ofOrdersAndProgress(evidence(world, plan, purchases, phones))).isEmpty();
      assertThat(Files.readString(log))
          .doesNotContain("A request failed", "Servlet.service()")
          .doesNotContainPattern(
              "NullPointerException|ClassCastException|IllegalStateException|StackOverflowError"
                  + "|OutOfMemoryError|NumberFormatException|IndexOutOfBounds");
    }
  }

  private static Path log(Plan plan) {
    return Path.of("target", "faults", "seed-" + plan.seed() + "-app0.log");
  }

  /** Wishes by the API and by chat in turn; two thirds are approved. */
  private static Plan plan() {
    List<Wish> wishes =
        IntStream.rangeClosed(1, 300)
            .mapToObj(number ->
                new Wish(
                    number,
                    number % 2 == 0 ? "alice" : "bob",
                    number % 3,
                    1 + number % 4,
                    null,
                    Duration.ZERO,
                    switch (number % 6) {
                      case 0 -> Wish.Answer.DENY;
                      case 1 -> Wish.Answer.NOTHING;
                      default -> Wish.Answer.APPROVE;
                    },
                    Duration.ofMillis(number % 5 * 300L),
                    Wish.ModelWay.ONE_CALL))
            .toList();
    return new Plan(
        SEED + 1_000_000, // names its log
        List.of(new Plan.Circumstances(Duration.ZERO, false)),
        EXPIRY,
        Plan.Pings.NONE,
        wishes,
        List.of());
  }

  /** Several users at once say one wish after the other, until all is well and each has ended. */
  private void say(World world, Plan plan, OddPeers peers)
      throws InterruptedException, ExecutionException {
    Instant until = Instant.now().plus(ODD);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> users = new ArrayList<>();
      for (int user = 0; user < AT_ONCE; user++) {
        int first = user;
        users.add(
            threads.submit(() -> {
              for (int i = first; i < plan.wishes().size(); i += AT_ONCE) {
                if (Instant.now().isAfter(until)) {
                  return;
                }
                say(world, plan.wishes().get(i));
              }
            }));
      }
      Thread.sleep(Duration.between(Instant.now(), until));
      peers.heal();
      for (Future<?> user : users) {
        user.get();
      }
    }
  }

  private void say(World world, Wish wish) {
    ObjectNode body = JSON.createObjectNode();
    if (wish.byChat()) {
      body.put("message", wish.words());
    } else {
      body.put("product", wish.product()).put("qty", wish.qty());
    }
    for (int attempt = 1; attempt <= 3; attempt++) {
      Api.Answer answer =
          post(
              world,
              wish.user(),
              wish.byChat() ? "/api/chat" : "/api/purchases",
              body,
              "wish-" + wish.number());
      if (answer.status() < 500) {
        return;
      }
    }
  }

  private Api.Answer post(World world, String user, String path, ObjectNode body, String key) {
    Instant from = Instant.now();
    Api.Answer answer =
        world.apps.getFirst().as(user).post(path, body.toString(), "Idempotency-Key", key);
    seen.add(
        new Seen(
            path + " " + body,
            answer.status(),
            Duration.between(from, Instant.now()),
            answer.text()));
    return answer;
  }

  private static List<Bought> awaitEnds(Reader reader) {
    return await()
        .atMost(ENDS)
        .pollInterval(AGAIN)
        .until(
            () -> reader.purchases().orElse(List.of()),
            all -> !all.isEmpty() && all.stream().allMatch(Bought::hasEnded));
  }

  /** Each conversation answers as ever, whatever it has been told. */
  private void goesOn(World world) {
    for (String user : List.of("alice", "bob")) {
      Api.elements(world.apps.getFirst().as(user).get("/api/chat").body().path("conversations"))
          .limit(5)
          .forEach(conversation -> {
            String id = conversation.path("conversationId").asText();
            ObjectNode body =
                JSON.createObjectNode().put("message", "Buy 1").put("conversationId", id);
            Api.Answer answer = post(world, user, "/api/chat", body, "again-" + id);
            assertThat(answer.status()).as("%s", answer).isIn(200, 202);
          });
    }
  }

  private static Evidence evidence(World world, Plan plan, List<Bought> purchases, Phones phones) {
    Evidence none = Evidence.none(plan);
    try (Flows flows = new Flows(world.temporal.target())) {
      List<Flow> workflows = flows.all();
      return new Evidence(
          plan,
          Instant.EPOCH,
          Run.questions(world, phones.presses()),
          none.calls(),
          world.shop.records(),
          purchases,
          none.accepted(),
          none.refused(),
          none.cancels(),
          none.messages(),
          workflows,
          none.disruptions());
    }
  }
}
