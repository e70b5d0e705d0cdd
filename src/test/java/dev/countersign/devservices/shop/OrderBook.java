package dev.countersign.devservices.shop;

import dev.countersign.devservices.loopback.JsonFiles;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes each order once per buyer and key; an order is in its file before it is answered. */
final class OrderBook {
  private static final int FIRST_NUMBER = 1001;

  private final List<OrderRecord> entries = new ArrayList<>();
  private final JsonFiles<OrderRecord> files;
  private final Clock clock;

  OrderBook(JsonFiles<OrderRecord> files, Clock clock) {
    this.files = files;
    this.clock = clock;
    files.all().stream()
        .sorted(Comparator.comparing(entry -> entry.order().orderedAt()))
        .forEach(entries::add);
  }

  /**
   * Takes the order, or finds the one that this key already stands for.
   *
   * @return empty if the key stands for another order
   */
  synchronized Optional<PlacedOrder> place(
      OrderRequest request, Buyer buyer, @Nullable String idempotencyKey) {
    Optional<PlacedOrder> earlier = find(buyer.sub(), idempotencyKey);
    if (earlier.isPresent()) {
      return earlier.filter(request::sameAs);
    }
    var order =
        new PlacedOrder(
            Integer.toString(FIRST_NUMBER + entries.size()),
            request.product(),
            request.qty(),
            request.priceLimit(),
            clock.instant(),
            buyer.sub());
    var entry = new OrderRecord(order, idempotencyKey, buyer.tokenId());
    files.save(order.orderId(), entry);
    entries.add(entry);
    return Optional.of(order);
  }

  /** Every order, oldest first. */
  synchronized List<PlacedOrder> orders() {
    return entries.stream().map(OrderRecord::order).toList();
  }

  /** How many they are. */
  synchronized int size() {
    return entries.size();
  }

  /** The same, with what they came with. */
  synchronized List<OrderRecord> records() {
    return List.copyOf(entries);
  }

  private Optional<PlacedOrder> find(String buyer, @Nullable String idempotencyKey) {
    return entries.stream()
        .filter(entry -> entry.idempotencyKey() != null)
        .filter(entry -> Objects.equals(entry.idempotencyKey(), idempotencyKey))
        .map(OrderRecord::order)
        .filter(order -> order.buyer().equals(buyer))
        .findAny();
  }
}
