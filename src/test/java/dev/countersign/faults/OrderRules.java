package dev.countersign.faults;

import dev.countersign.devservices.shop.OrderRecord;
import dev.countersign.devservices.shop.PlacedOrder;
import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Question;
import dev.countersign.faults.Violation.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the shop took: once, as it was shown, with its own token. */
final class OrderRules {
  private final Facts facts;
  private final List<Violation> broken = new ArrayList<>();

  OrderRules(Facts facts) {
    this.facts = facts;
  }

  Stream<Violation> broken() {
    Evidence evidence = facts.evidence();
    evidence.purchases().forEach(this::once);
    evidence.orders().forEach(this::check);
    evidence.orders().stream()
        .filter(order -> order.tokenId() != null)
        .collect(Collectors.groupingBy(order -> Objects.requireNonNull(order.tokenId())))
        .forEach((token, orders) -> {
          if (orders.size() > 1) {
            add(Rule.OWN_TOKEN, token, "one token for " + orders);
          }
        });
    return broken.stream();
  }

  private void once(Bought purchase) {
    List<OrderRecord> orders = facts.orders(purchase.id());
    if (orders.size() > 1) {
      add(Rule.ONE_ORDER, purchase.id(), orders.toString());
    }
  }

  private void check(OrderRecord taken) {
    PlacedOrder order = taken.order();
    Optional<Bought> purchase =
        facts.evidence().purchases().stream()
            .filter(bought -> bought.id().equals(taken.idempotencyKey()))
            .findAny();
    if (purchase.isEmpty()) {
      add(Rule.ONE_ORDER, String.valueOf(taken.idempotencyKey()), "no purchase for " + order);
      return;
    }
    Bought bought = purchase.get();
    Optional<Question> question = Optional.ofNullable(taken.tokenId()).flatMap(facts::question);
    if (question.isEmpty()) {
      add(Rule.NO_ORDER_WITHOUT_APPROVAL, bought.id(), "nobody was asked for " + taken);
      return;
    }
    Question asked = question.get();
    if (asked.press() == null || !asked.press().approve()) {
      add(Rule.NO_ORDER_WITHOUT_APPROVAL, bought.id(), "not approved: " + asked + ", " + taken);
    }
    if (!asked.message().equals(Facts.message(bought))
        || !asked.user().equals("auth0|" + bought.user())
        || !asked.user().equals(order.buyer())) {
      add(Rule.OWN_TOKEN, bought.id(), asked + " paid for " + taken);
    }
    String ordered =
        new Wish.Item(order.product(), order.qty(), plain(order.priceLimit())).message();
    if (!ordered.equals(asked.message())) {
      add(Rule.AS_SHOWN, bought.id(), "shown: " + asked.message() + ", ordered: " + order);
    }
  }

  private static @Nullable BigDecimal plain(@Nullable BigDecimal limit) {
    return limit == null ? null : limit.stripTrailingZeros();
  }

  private void add(Rule rule, String subject, String evidence) {
    broken.add(new Violation(facts.evidence().plan().seed(), rule, subject, evidence));
  }
}
