package dev.countersign.app.purchase;

import dev.countersign.app.shop.BearerToken;
import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.Order;
import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.app.shop.ShopClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/** A shop in memory that honours the {@code Idempotency-Key}, with bad days on demand. */
final class FakeShop implements ShopClient {
  /** One request as it came in. */
  record Request(Order order, BearerToken token, String idempotencyKey, Instant at) {}

  private final Clock clock;
  private final List<Request> requests = new ArrayList<>();
  private final Map<String, Order> orders = new LinkedHashMap<>();
  private final Queue<Supplier<OrderAnswer>> next = new ArrayDeque<>();
  private final List<Instant> lookUps = new ArrayList<>();
  private final Queue<LookUpAnswer> nextLookUps = new ArrayDeque<>();
  private Instant downUntil = Instant.MIN;

  FakeShop(Clock clock) {
    this.clock = clock;
  }

  /** Answers so and orders nothing. */
  synchronized void next(OrderAnswer answer) {
    next.add(() -> answer);
  }

  /** Dies with the request under way, having ordered nothing. */
  synchronized void nextCrashes() {
    next.add(() -> {
      throw new IllegalStateException("The process dies here");
    });
  }

  /** Orders, but the answer is lost. */
  synchronized void nextOrdersAndLosesTheAnswer() {
    next.add(() -> {
      Request request = requests.getLast();
      orders.put(request.idempotencyKey(), request.order());
      return new OrderAnswer.Unknown("The answer was lost");
    });
  }

  /** The next look-up is answered so, whatever was ordered. */
  synchronized void nextLookUp(LookUpAnswer answer) {
    nextLookUps.add(answer);
  }

  /** When orders were looked up. */
  synchronized List<Instant> lookUps() {
    return List.copyOf(lookUps);
  }

  synchronized void isDownFor(Duration duration) {
    downUntil = clock.instant().plus(duration);
  }

  synchronized List<Order> orders() {
    return List.copyOf(orders.values());
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized OrderAnswer order(Order order, BearerToken token, String idempotencyKey) {
    requests.add(new Request(order, token, idempotencyKey, clock.instant()));
    Supplier<OrderAnswer> scripted = next.poll();
    if (scripted != null) {
      return scripted.get();
    }
    if (clock.instant().isBefore(downUntil)) {
      return new OrderAnswer.NotSent("Connection refused");
    }
    orders.putIfAbsent(idempotencyKey, order);
    return new OrderAnswer.Ordered("Created");
  }

  @Override
  public synchronized LookUpAnswer lookUp(BearerToken token, String idempotencyKey) {
    lookUps.add(clock.instant());
    LookUpAnswer scripted = nextLookUps.poll();
    if (scripted != null) {
      return scripted;
    }
    return orders.containsKey(idempotencyKey)
        ? new LookUpAnswer.Ordered("OK")
        : new LookUpAnswer.NotFound();
  }
}
