package dev.countersign.benchmark;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.shop.PlacedOrder;
import dev.countersign.devservices.tenant.PhoneRequest;
import dev.countersign.e2e.NotifyingTenant;
import dev.countersign.e2e.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How long it takes from the approval on the phone until the shop has the order. */
final class Latency implements Measurement {
  private static final int AT_A_TIME = 5;
  private static final int WARM_UP = 20;
  private static final Random RANDOM = new Random(1);

  @Override
  public String name() {
    return "latency";
  }

  /** How the answer of a user is heard of. */
  private record Mode(String name, Duration interval, boolean pings) {}

  @Override
  public Result measure(Form form) throws Exception {
    List<Mode> modes =
        List.of(
            new Mode("poll, 1 s", Duration.ofSeconds(1), false),
            new Mode("poll, 5 s", Duration.ofSeconds(5), false),
            new Mode("ping", Duration.ofSeconds(1), true));
    List<List<String>> rows = new ArrayList<>();
    List<Quantiles> found = new ArrayList<>();
    for (Mode mode : modes) {
      Quantiles millis = Quantiles.of(measure(mode, form.approvals()));
      found.add(millis);
      rows.add(
          List.of(
              mode.name(),
              Table.whole(millis.median()),
              Table.whole(millis.p95()),
              Table.whole(millis.p99()),
              mode.pings()
                  ? "one round trip"
                  : Table.whole(mode.interval().toMillis() / 2.0)
                      + " / "
                      + Table.whole(mode.interval().toMillis() * 0.95)));
    }
    Table table =
        new Table(
            "latency",
            List.of("mode", "median, ms", "95 %, ms", "99 %, ms", "ideal median / 95 %"),
            rows);
    Plot plot =
        new Plot(
            "latency",
            "From the approval to the order",
            "ms",
            modes.stream().map(Mode::name).toList(),
            List.of(
                new Plot.Series("median", found.stream().map(Quantiles::median).toList()),
                new Plot.Series("95 %", found.stream().map(Quantiles::p95).toList())));
    return new Result(List.of(table), List.of(plot));
  }

  private static List<Double> measure(Mode mode, int approvals) throws Exception {
    Product product = Stage.product(mode.interval());
    try (NotifyingTenant provider = mode.pings() ? NotifyingTenant.before(product.tenant) : null;
        Stage stage =
            Stage.start(
                product,
                1,
                mode.pings() ? Map.of("COUNTERSIGN_CIBA_DELIVERYMODE", "ping") : Map.of())) {
      if (provider != null) {
        provider.notifies(stage.apps.getFirst().base() + "/ciba/notification");
      }
      try (ExecutorService users = Executors.newFixedThreadPool(AT_A_TIME)) {
        List<Future<Double>> times = new ArrayList<>();
        for (int number = 1; number <= approvals + WARM_UP; number++) {
          int qty = number;
          times.add(users.submit(() -> one(stage, provider, qty, mode.interval())));
        }
        List<Double> millis = new ArrayList<>();
        for (Future<Double> time : times.subList(WARM_UP, times.size())) {
          millis.add(time.get());
        }
        return millis;
      }
    }
  }

  private static double one(
      Stage stage, @Nullable NotifyingTenant provider, int qty, Duration interval) {
    String message = "Do you want to buy " + qty + " bells";
    stage.api(0, "alice").buy(qty, "bells");
    PhoneRequest asked = stage.product.tenant.phone("alice").awaitPending(message);
    // in ping mode the tenant takes no poll before the first interval has passed
    double intervals = RANDOM.nextDouble() + (provider == null ? 0 : 1);
    LockSupport.parkNanos((long) (interval.toNanos() * intervals));
    Instant approved = Instant.now();
    stage.product.tenant.approve(asked.id());
    if (provider != null) {
      provider.ping(message);
    }
    PlacedOrder order =
        await()
            .atMost(Stage.PATIENCE)
            .until(() -> order(stage, qty), Optional::isPresent)
            .orElseThrow();
    return Duration.between(approved, order.orderedAt()).toNanos() / 1e6;
  }

  private static Optional<PlacedOrder> order(Stage stage, int qty) {
    return stage.product.shop.orders().stream().filter(order -> order.qty() == qty).findFirst();
  }
}
