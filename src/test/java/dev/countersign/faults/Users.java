package dev.countersign.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.e2e.Api;
import dev.countersign.faults.Evidence.Accepted;
import dev.countersign.faults.Evidence.Cancel;
import dev.countersign.faults.Evidence.Refused;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Says the wishes of a plan, as a careful client would: what got no answer is sent again under the
 * same key, to whichever application answers.
 */
final class Users {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int MOST_TURNS = 4;

  /** Every so many wishes one is sent twice. */
  private static final int REPEATED = 3;

  private final World world;
  private final Instant beganAt;
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<String, Talk> talks = new ConcurrentHashMap<>();
  private final List<Accepted> accepted = new CopyOnWriteArrayList<>();
  private final List<Cancel> cancels = new CopyOnWriteArrayList<>();
  private final List<Refused> refused = new CopyOnWriteArrayList<>();

  Users(World world, Instant beganAt) {
    this.world = world;
    this.beganAt = beganAt;
  }

  /** A conversation; its messages go one after the other. */
  private static final class Talk {
    private final Lock lock = new ReentrantLock();
    private @Nullable String id;
  }

  List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  List<Cancel> cancels() {
    return List.copyOf(cancels);
  }

  List<Refused> refused() {
    return List.copyOf(refused);
  }

  private void refused(Wish wish, Api.@Nullable Answer answer) {
    refused.add(
        answer == null
            ? new Refused(wish.number(), 0, "")
            : new Refused(wish.number(), answer.status(), answer.text()));
  }

  /** Waits for the moment, says the wish, and takes it back if that is planned. */
  void say(Wish wish) throws InterruptedException {
    Times.sleepUntil(beganAt.plus(wish.at()));
    List<String> purchases = wish.byChat() ? talk(wish) : order(wish);
    if (wish.answer() == Wish.Answer.CANCEL) {
      Thread.sleep(wish.after());
      for (String purchase : purchases) {
        cancel(wish, purchase);
      }
    }
  }

  private List<String> order(Wish wish) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("product", wish.product()).put("qty", wish.qty());
    if (wish.priceLimit() != null) {
      body.put("priceLimit", wish.priceLimit());
    }
    String key = "wish-" + wish.number();
    List<String> ids = List.of();
    for (int i = 0; i < (wish.number() % REPEATED == 0 ? 2 : 1); i++) {
      Api.Answer answer = post(wish.user(), "/api/purchases", body.toString(), key);
      if (answer == null || answer.status() / 100 != 2) {
        refused(wish, answer);
        return ids;
      }
      ids = List.of(answer.body().path("id").asText());
      accepted.add(new Accepted(wish.number(), key, ids, ""));
    }
    return ids;
  }

  private List<String> talk(Wish wish) throws InterruptedException {
    Talk talk = talks.computeIfAbsent(wish.user() + wish.conversation(), _ -> new Talk());
    talk.lock.lockInterruptibly();
    try {
      for (int i = 1; i <= MOST_TURNS; i++) {
        String key = "wish-" + wish.number() + "-" + i;
        ObjectNode body = JSON.createObjectNode().put("message", wish.words());
        if (talk.id != null) {
          body.put("conversationId", talk.id);
        }
        Api.Answer answer = post(wish.user(), "/api/chat", body.toString(), key);
        if (answer == null || answer.status() / 100 != 2) {
          refused(wish, answer);
          return List.of();
        }
        talk.id = answer.body().path("conversationId").asText();
        List<String> ids =
            Api.elements(answer.body().path("calls"))
                .map(purchase -> purchase.path("id").asText())
                .toList();
        String words = answer.body().path("messages").toString();
        accepted.add(new Accepted(wish.number(), key, ids, words));
        if (!ids.isEmpty() || !words.contains("nothing was started")) {
          return ids;
        }
      }
      return List.of();
    } finally {
      talk.lock.unlock();
    }
  }

  private void cancel(Wish wish, String purchase) throws InterruptedException {
    Instant at = Instant.now();
    Api.Answer answer =
        post(wish.user(), "/api/purchases/" + purchase + "/cancel", "", "cancel-" + purchase);
    cancels.add(new Cancel(purchase, at, answer == null ? 0 : answer.status()));
  }

  /** The answer that isn't "later"; null: none came in three minutes. */
  private Api.@Nullable Answer post(String user, String path, String body, String key)
      throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      Replica app = world.apps.get(turn.getAndIncrement() % world.apps.size());
      try {
        if (app.isAlive()) {
          Api.Answer answer = app.as(user).post(path, body, "Idempotency-Key", key);
          if (answer.status() < 500 && answer.status() != 429 && answer.status() != 408) {
            return answer;
          }
        }
      } catch (UncheckedIOException e) {
        // no answer: once more
      }
      Thread.sleep(PAUSE);
    }
    return null;
  }
}
