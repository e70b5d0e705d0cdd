package dev.countersign.benchmark;

import static org.awaitility.Awaitility.await;

import dev.countersign.TestTemporal;
import dev.countersign.app.chat.conversation.ConversationWorkflow.ConversationInput;
import dev.countersign.e2e.Api;
import dev.countersign.e2e.AppProcess;
import dev.countersign.e2e.EventViewer;
import dev.countersign.e2e.JavaProcess;
import dev.countersign.e2e.Product;
import dev.countersign.guard.CallNotice;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What open event streams cost one process, and how soon an event arrives. */
final class Streams implements Measurement {
  private static final Duration WATCHED = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofMillis(120); // twice what a look takes at rest
  private static final Duration QUIET = Duration.ofMillis(600); // the same of 1,000 viewers
  private static final int FEW = 10;
  private static final int NEWS = 100;
  private static final String ALICE = "auth0|alice";

  /** What was used within the watched time, or is used at its end. */
  private record Use(
      double cores,
      double serverCores,
      long platformThreads,
      long virtualThreads,
      long residentBytes,
      long heapBytes) {}

  /** What so many viewers cost, and how long news took to them. */
  private record Watched(Use use, Quantiles millis) {}

  @Override
  public String name() {
    return "streams";
  }

  @Override
  public Result measure(Form form) throws Exception {
    int viewers = form.viewers();
    try (Stage stage =
        Stage.start(
            Stage.product(Duration.ofSeconds(5)),
            1,
            Map.of("COUNTERSIGN_CHAT_STREAMSPERUSER", "" + viewers))) {
      WorkflowServiceStubs temporal = TestTemporal.at(stage.product.temporal.target());
      try {
        WorkflowClient client = WorkflowClient.newInstance(temporal);
        List<String> conversations = Stage.all(viewers, number -> begin(client, number));
        Use without = use(stage, IDLE);
        Watched few = watched(stage, client, conversations.subList(0, FEW), viewers);
        Watched all = watched(stage, client, conversations, viewers);
        return new Result(
            List.of(
                new Table(
                    "streams",
                    List.of(
                        "viewers",
                        "heap after a collection, MiB",
                        "resident, MiB",
                        "platform threads",
                        "virtual threads of streams and long polls",
                        "application: cores",
                        "Temporal: cores",
                        "news: median, ms",
                        "95 %, ms"),
                    List.of(
                        row("none", without, "–", "–"),
                        row(watchers(viewers, FEW), few),
                        row(watchers(viewers, viewers), all)))),
            List.of(
                new Plot(
                    "streams",
                    "Heap after a collection",
                    "MiB",
                    List.of("none", watchers(viewers, FEW), watchers(viewers, viewers)),
                    List.of(
                        new Plot.Series(
                            "heap",
                            List.of(
                                mebibytes(without),
                                mebibytes(few.use()),
                                mebibytes(all.use())))))));
      } finally {
        temporal.shutdownNow();
      }
    }
  }

  private static String watchers(int viewers, int conversations) {
    return "%s of %s conversations".formatted(Table.whole(viewers), Table.whole(conversations));
  }

  private static List<String> row(String viewers, Watched watched) {
    return row(
        viewers,
        watched.use(),
        Table.whole(watched.millis().median()),
        Table.whole(watched.millis().p95()));
  }

  private static List<String> row(String viewers, Use use, String median, String p95) {
    return List.of(
        viewers,
        Table.whole(mebibytes(use)),
        "" + (use.residentBytes() >> 20),
        "" + use.platformThreads(),
        "" + use.virtualThreads(),
        Table.thousandths(use.cores()),
        Table.thousandths(use.serverCores()),
        median,
        p95);
  }

  private static double mebibytes(Use use) {
    return use.heapBytes() / 1048576.0;
  }

  /** A conversation in which nothing was said. */
  private static String begin(WorkflowClient client, int number) {
    String id = "c-%s-%032x".formatted(Product.USERS.of(ALICE), number);
    client
        .newUntypedWorkflowStub(
            "Conversation",
            WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue("countersign").build())
        .start(new ConversationInput(ALICE, null, null));
    return id;
  }

  private static Watched watched(
      Stage stage, WorkflowClient client, List<String> conversations, int viewers)
      throws InterruptedException {
    Api alice = stage.api(0, "alice");
    List<EventViewer> open =
        Stage.all(
            viewers,
            number ->
                new EventViewer(alice, conversations.get(number % conversations.size()), null));
    try {
      Use use = use(stage, QUIET);
      Quantiles millis = news(client, conversations, open);
      if (open.stream().anyMatch(EventViewer::hasEnded)) {
        throw new IllegalStateException("A stream ended while it was watched");
      }
      return new Watched(use, millis);
    } finally {
      open.forEach(EventViewer::close);
      awaitGone(stage.apps.getFirst());
    }
  }

  /** From the signal to the first viewer, one after the other. */
  private static Quantiles news(
      WorkflowClient client, List<String> conversations, List<EventViewer> open) {
    List<Double> millis = new ArrayList<>();
    for (int news = 0; news < NEWS; news++) {
      int watched = news * 7 % conversations.size();
      String text = "news %d of %d".formatted(news, conversations.size());
      EventViewer viewer = open.get(watched);
      long sent = System.nanoTime();
      client
          .newUntypedWorkflowStub(conversations.get(watched))
          .signal("callNotice", new CallNotice(conversations.get(watched) + "-1", text));
      viewer.awaitEvent(event -> event.data().path("text").asText().equals(text));
      millis.add((viewer.events.getLast().nanoTime() - sent) / 1e6);
    }
    return Quantiles.of(millis);
  }

  private static Use use(Stage stage, Duration settled) throws InterruptedException {
    AppProcess app = stage.apps.getFirst();
    JavaProcess process = app.usage();
    JavaProcess server = stage.server();
    awaitLess(settled, stage);
    Duration cpu = process.cpu();
    Duration serverCpu = server.cpu();
    long start = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(WATCHED.toNanos());
    double elapsed = System.nanoTime() - start;
    return new Use(
        process.cpu().minus(cpu).toNanos() / elapsed,
        server.cpu().minus(serverCpu).toNanos() / elapsed,
        process.platformThreads(),
        virtualThreads(process),
        process.residentBytes(),
        process.heapBytesAfterCollection());
  }

  private static long virtualThreads(JavaProcess process) {
    return process.virtualThreads("tomcat-handler-") + process.virtualThreads("c-");
  }

  /** Waits until the long polls of streams have ended. */
  private static void awaitGone(AppProcess app) {
    await().atMost(Stage.PATIENCE).until(() -> app.usage().virtualThreads("c-") == 0);
  }

  /** Waits until the application and Temporal use no more processor time in a look. */
  private static void awaitLess(Duration time, Stage stage) {
    await()
        .atMost(Stage.PATIENCE)
        .until(() -> {
          Duration before = stage.applicationCpu().plus(stage.server().cpu());
          TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
          Duration after = stage.applicationCpu().plus(stage.server().cpu());
          return after.minus(before).compareTo(time) < 0;
        });
  }
}
