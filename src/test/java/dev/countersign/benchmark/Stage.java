package dev.countersign.benchmark;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.tenant.TenantSettings;
import dev.countersign.e2e.Api;
import dev.countersign.e2e.AppProcess;
import dev.countersign.e2e.JavaProcess;
import dev.countersign.e2e.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * What is measured: processes of the application beside Temporal's server, and, in this process,
 * the tenant, the shop and whoever buys.
 */
final class Stage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final int BUYERS = 16;

  final Product product;
  final List<AppProcess> apps = new ArrayList<>();

  private Stage(Product product) {
    this.product = product;
  }

  /** What the application needs, with a tenant that may be polled so often. */
  static Product product(Duration interval) {
    return new Product(TenantSettings.on(0, null).withInterval(interval));
  }

  /**
   * Starts the application beside it.
   *
   * @param product ended with the stage
   * @param settings environment variables of the application
   */
  static Stage start(Product product, int processes, Map<String, String> settings) {
    return start(product, processes, _ -> settings);
  }

  /** The same, with settings of each process. */
  static Stage start(Product product, int processes, IntFunction<Map<String, String>> settings) {
    Stage stage = new Stage(product);
    try {
      for (int process = 0; process < processes; process++) {
        stage.apps.add(
            AppProcess.launchForUsers(
                stage.product, "benchmark-" + process, unlimited(settings.apply(process))));
      }
      stage.apps.forEach(AppProcess::awaitReady);
    } catch (RuntimeException e) {
      stage.close();
      throw e;
    }
    return stage;
  }

  private static Map<String, String> unlimited(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("COUNTERSIGN_CIBA_REQUESTSPERSECOND", "5000");
    all.putIfAbsent("COUNTERSIGN_CIBA_STARTSPERMINUTE", "1000000");
    all.putIfAbsent("COUNTERSIGN_CIBA_STARTSPERUSERANDMINUTE", "1000000");
    all.putIfAbsent("COUNTERSIGN_GUARD_QUESTIONS_OPEN", "0");
    all.putIfAbsent("COUNTERSIGN_EDGE_REQUESTSPERUSERANDMINUTE", "1000000");
    all.putIfAbsent("COUNTERSIGN_EDGE_REQUESTSPERADDRESSANDMINUTE", "1000000");
    return all;
  }

  /** The API of one of the processes, in turn, for one of many users, in turn. */
  Api api(int number, String user) {
    return apps.get(number % apps.size()).as(user);
  }

  /** Begins purchases that differ, of these users in turn. */
  void buy(int purchases, List<String> users) {
    buy(0, purchases, users);
  }

  /**
   * The same of some more.
   *
   * @param first their number, from which they differ from those before
   */
  void buy(int first, int purchases, List<String> users) {
    all(
        purchases,
        further -> {
          int number = first + further;
          return api(number, users.get(number % users.size()))
              .buy(1 + number % 1_000, "pen " + number / 1_000);
        });
  }

  /** Does one thing often, by several at a time; returns what came of it, in its order. */
  static <T> List<T> all(int times, IntFunction<T> thing) {
    try (ExecutorService buyers = Executors.newFixedThreadPool(BUYERS)) {
      List<Future<T>> answers = new ArrayList<>();
      for (int number = 0; number < times; number++) {
        int which = number;
        answers.add(buyers.submit(() -> thing.apply(which)));
      }
      List<T> all = new ArrayList<>();
      for (Future<T> answer : answers) {
        all.add(answer.get());
      }
      return all;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the shop has so many orders. */
  void awaitOrders(int number) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> product.shop.orderCount() >= number);
  }

  /** Processor time of all processes of the application together. */
  Duration applicationCpu() {
    return apps.stream().map(app -> app.usage().cpu()).reduce(Duration.ZERO, Duration::plus);
  }

  /** What Temporal's server uses. */
  JavaProcess server() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("temporal"))
        .map(JavaProcess::new)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    apps.forEach(AppProcess::close);
    product.close();
  }
}
