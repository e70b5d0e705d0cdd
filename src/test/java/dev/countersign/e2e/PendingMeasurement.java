package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.PollLog;
import dev.countersign.devservices.tenant.TenantSettings;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What pending approvals cost the application and Temporal, and how soon all are polled again after
 * {@code kill -9}, by another process and by the same one started again: {@code ./mvnw test-compile
 * failsafe:integration-test -Dit.test=PendingMeasurement}. By {@code -Dpending=1000 -Dinterval=5
 * -Dlife=600 -Dlatency=0 -Dminutes=1} it says how many there are, every how many seconds each is
 * polled, how many seconds it lives (long ones are polled more rarely the longer they wait), how
 * many milliseconds a round trip to Temporal takes longer, and how long they are watched. It takes
 * about six minutes, and runs only when it is named.
 */
class PendingMeasurement {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int AT_A_TIME = 8;

  private final int pending = Integer.getInteger("pending", 1_000);
  private final int interval = Integer.getInteger("interval", 5);
  private final Duration life = Duration.ofSeconds(Integer.getInteger("life", 600));
  private final Duration latency = Duration.ofMillis(Integer.getInteger("latency", 0));
  private final Duration watched = Duration.ofMinutes(Integer.getInteger("minutes", 1));

  /** Starts all that is needed, measures, writes the figures, and ends it all. */
  @Test
  void everyApprovalIsPolledAgainAfterAKill() throws Exception {
    TenantSettings tenant = TenantSettings.on(0, null).withInterval(Duration.ofSeconds(interval));
    try (Product product = new Product(tenant);
        Link link = Link.to(Integer.parseInt(product.temporal.target().split(":", 2)[1]));
        AppProcess first = launch(product, "pending-first", link)) {
      link.delay(latency.dividedBy(2));
      first.awaitReady();
      buyAll(first);
      await().atMost(PATIENCE).until(() -> polledSince(product.tenant, Instant.EPOCH) >= pending);
      say("%,d pending, polled every %d s".formatted(pending, interval));
      say("one process: " + cost(product.tenant, first));
      assertThat(furtherAttempts(product)).as("waits in a further attempt").isZero();
      try (AppProcess other = launch(product, "pending-other", link)) {
        other.awaitReady();
        TimeUnit.SECONDS.sleep(10); // to settle; nothing is asserted of it
        Instant death = Instant.now();
        first.kill();
        say("polled again by the other process: " + recovery(product.tenant, other, death, death));
        other.kill();
      }
      Instant launched = first.launchAgain();
      first.awaitReady();
      Instant ready = Instant.now();
      say("ready after " + Duration.between(launched, ready).toMillis() + " ms");
      say(
          "polled again by the same process, after it was ready: "
              + recovery(product.tenant, first, launched, ready));
      assertThat(tooSoon(product.tenant)).as("polls that the provider called too soon").isZero();
    }
  }

  /** Both have run and polled for a while, as they do in production. */
  @Test
  void everyApprovalIsPolledAgainByTheOneOfTwoThatIsLeft() throws Exception {
    TenantSettings tenant = TenantSettings.on(0, null).withInterval(Duration.ofSeconds(interval));
    try (Product product = new Product(tenant);
        Link link = Link.to(Integer.parseInt(product.temporal.target().split(":", 2)[1]));
        AppProcess first = launch(product, "pending-one", link);
        AppProcess other = launch(product, "pending-two", link)) {
      link.delay(latency.dividedBy(2));
      first.awaitReady();
      other.awaitReady();
      buyAll(first);
      await().atMost(PATIENCE).until(() -> polledSince(product.tenant, Instant.EPOCH) >= pending);
      say("%,d pending in two processes, polled every %d s".formatted(pending, interval));
      say("one of two processes: " + cost(product.tenant, other));
      Instant death = Instant.now();
      first.kill();
      say("polled again by the one left: " + recovery(product.tenant, other, death, death));
      assertThat(tooSoon(product.tenant)).as("polls that the provider called too soon").isZero();
    }
  }

  /** By a JVM that compiles all it can, as users have it. */
  private AppProcess launch(Product product, String name, Link link) {
    List<String> command =
        AppJvm.command().stream().filter(word -> !word.startsWith("-XX:TieredStop")).toList();
    return new AppProcess(product, name, settings(link), command);
  }

  private Map<String, String> settings(Link link) {
    Map<String, String> settings = new HashMap<>();
    settings.put("COUNTERSIGN_CIBA_REQUESTSPERSECOND", "2000");
    settings.put("COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY", life.toSeconds() + "s");
    settings.put("COUNTERSIGN_APPROVAL_BURST", life.toSeconds() + "s");
    if (latency.isPositive()) {
      settings.put("TEMPORAL_ADDRESS", link.address());
    }
    return settings;
  }

  private static long furtherAttempts(Product product) {
    WorkflowServiceStubs server =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(product.temporal.target()).build());
    try {
      WorkflowClient client = WorkflowClient.newInstance(server);
      return client
          .listExecutions("WorkflowType = 'GuardedCall' AND ExecutionStatus = 'Running'")
          .flatMap(purchase ->
              client
                  .newUntypedWorkflowStub(purchase.getExecution().getWorkflowId())
                  .describe()
                  .getRawDescription()
                  .getPendingActivitiesList()
                  .stream())
          .filter(activity -> activity.getAttempt() > 1)
          .count();
    } finally {
      server.shutdownNow();
    }
  }

  private void buyAll(AppProcess app) throws Exception {
    Api alice = app.as("alice");
    try (ExecutorService buyers = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<Future<String>> all = new ArrayList<>();
      IntStream.rangeClosed(1, pending)
          .forEach(n -> all.add(buyers.submit(() -> alice.buy(1 + n % 1_000, "pen"))));
      for (Future<String> one : all) {
        one.get();
      }
    }
  }

  private String cost(IdentityTenant tenant, AppProcess app) throws InterruptedException {
    Duration cpu = app.usage().cpu();
    Duration temporalCpu = temporalCpu();
    long polls = polls(tenant);
    long start = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(watched.toMillis());
    double minutes = (System.nanoTime() - start) / 60e9;
    double appMillis = app.usage().cpu().minus(cpu).toMillis() / minutes / pending;
    double serverMillis = temporalCpu().minus(temporalCpu).toMillis() / minutes / pending;
    return String.format(
        Locale.ROOT,
        "%.1f ms of CPU a pending and minute, Temporal %.1f; %.1f polls/s of %.1f; %d MiB resident",
        appMillis,
        serverMillis,
        (polls(tenant) - polls) / minutes / 60,
        (double) pending / interval,
        app.usage().residentBytes() >> 20);
  }

  private String recovery(IdentityTenant tenant, AppProcess app, Instant death, Instant from) {
    Duration cpu = app.usage().cpu();
    Duration temporalCpu = temporalCpu();
    await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(PATIENCE)
        .until(() -> polledSince(tenant, death) >= pending);
    List<Long> millis =
        tenant.polls().stream()
            .flatMap(request ->
                request.polls().stream().map(PollLog.Poll::at).filter(death::isBefore).limit(1))
            .map(at -> Duration.between(from, at).toMillis())
            .sorted()
            .toList();
    return "median %d ms, last %d ms; %d ms of CPU, Temporal %d"
        .formatted(
            millis.get(millis.size() / 2),
            millis.getLast(),
            app.usage().cpu().minus(cpu).toMillis(),
            temporalCpu().minus(temporalCpu).toMillis());
  }

  private static long polledSince(IdentityTenant tenant, Instant moment) {
    return tenant.polls().stream()
        .filter(request -> request.polls().stream().anyMatch(poll -> poll.at().isAfter(moment)))
        .count();
  }

  private static long polls(IdentityTenant tenant) {
    return tenant.polls().stream().mapToLong(request -> request.polls().size()).sum();
  }

  private static long tooSoon(IdentityTenant tenant) {
    return tenant.polls().stream()
        .flatMap(request -> request.polls().stream())
        .filter(poll -> poll.answer().equals("SlowDown"))
        .count();
  }

  private static Duration temporalCpu() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("temporal"))
        .flatMap(child -> child.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
