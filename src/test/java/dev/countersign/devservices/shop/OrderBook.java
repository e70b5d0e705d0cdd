package dev.countersign.devservices.shop;

import dev.countersign.devservices.loopback.JsonFiles;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes each order once per buyer and key; an order is in its file before it is answered. */
final class OrderBook {
  private final List<Entry> entries = new ArrayList<>();
  private final JsonFiles<Entry> files;
  private final Clock clock;

  /**
   * An order and the key it came with.
   *
   * @param idempotencyKey null: none was sent, so that every request is an order
   */
  record Entry(PlacedOrder order, @Nullable String idempotencyKey) {}

  OrderBook(JsonFiles<Entry> files, Clock clock) {
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
      OrderRequest request, String buyer, @Nullable String idempotencyKey) {
    Optional<PlacedOrder> earlier = find(buyer, idempotencyKey);
    if (earlier.isPresent()) {
      return earlier.filter(request::sameAs);
    }
    var order =
        new PlacedOrder(
            UUID.randomUUID().toString(),
            request.product(),
            request.qty(),
            request.priceLimit(),
            clock.instant(),
            buyer);
    var entry = new Entry(order, idempotencyKey);
    files.save(order.orderId(), entry);
    entries.add(entry);
    return Optional.of(order);
  }

  /** Every order, oldest first. */
  synchronized List<PlacedOrder> orders() {
    return entries.stream().map(Entry::order).toList();
  }

  private Optional<PlacedOrder> find(String buyer, @Nullable String idempotencyKey) {
    return entries.stream()
        .filter(entry -> entry.idempotencyKey() != null)
        .filter(entry -> Objects.equals(entry.idempotencyKey(), idempotencyKey))
        .map(Entry::order)
        .filter(order -> order.buyer().equals(buyer))
        .findAny();
  }
}
