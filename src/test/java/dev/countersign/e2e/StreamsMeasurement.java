package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.app.chat.conversation.ConversationWorkflow.ConversationInput;
import dev.countersign.guard.CallNotice;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What open event streams cost one process, and how soon an event arrives: {@code ./mvnw
 * test-compile failsafe:integration-test -Dit.test=StreamsMeasurement}. By {@code -Dstreams=1000
 * -Dconversations=10} it says how many streams, at most 1,000, and of how many conversations; 1,000
 * each if not. It takes about five minutes, and runs only when it is named.
 */
class StreamsMeasurement {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final int SIGNALS = 100;
  private static final String ALICE = "auth0|alice";

  private final int streams = Integer.getInteger("streams", 1_000);
  private final int conversations = Integer.getInteger("conversations", 1_000);

  /** Starts all that is needed, measures, writes the figures, and ends it all. */
  @Test
  void everyEventArrivesWhileManyWatch() throws InterruptedException {
    Product product = new Product();
    WorkflowServiceStubs temporal =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(product.temporal.target()).build());
    try (AppProcess app =
        AppProcess.launch(product, "streams", Map.of("COUNTERSIGN_CHAT_STREAMSPERUSER", "1000"))) {
      app.awaitReady();
      measure(app, WorkflowClient.newInstance(temporal));
    } finally {
      temporal.shutdownNow();
      product.close();
    }
  }

  private void measure(AppProcess app, WorkflowClient client) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < conversations; i++) {
      ids.add(begin(client, i));
    }
    awaitIdle(app);
    say("%d streams of %d conversations".formatted(streams, conversations));
    Cost without = cost(app);
    say("without streams: " + without);
    List<EventViewer> viewers = new ArrayList<>();
    Api alice = app.as("alice");
    long start = System.nanoTime();
    for (int i = 0; i < streams; i++) {
      viewers.add(new EventViewer(alice, ids.get(i % conversations), null));
    }
    say("opened in " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
    awaitIdle(app);
    say("with streams:    " + cost(app));
    say("signal to event: " + latencies(client, ids, viewers));
    assertThat(viewers).noneMatch(EventViewer::hasEnded);
    viewers.forEach(EventViewer::close);
    await().atMost(PATIENCE).until(() -> app.usage().virtualThreads("c-") == 0);
    awaitIdle(app);
    say("all have gone:   " + cost(app));
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

  private String latencies(WorkflowClient client, List<String> ids, List<EventViewer> viewers) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < SIGNALS; i++) {
      int watched = i * 7 % conversations;
      String text = "news " + i;
      EventViewer viewer = viewers.get(watched);
      int before = viewer.events.size();
      long sent = System.nanoTime();
      client
          .newUntypedWorkflowStub(ids.get(watched))
          .signal("callNotice", new CallNotice(ids.get(watched) + "-1", text));
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(PATIENCE)
          .until(() -> viewer.events.size() > before);
      JsonNode message = viewer.events.getLast().data();
      assertThat(message.path("text").asText()).isEqualTo(text);
      millis.add((viewer.events.getLast().nanoTime() - sent) / 1e6);
    }
    millis.sort(null);
    return "median %.0f ms, 90%% %.0f ms, slowest %.0f ms of %d"
        .formatted(
            millis.get(SIGNALS / 2), millis.get(SIGNALS * 9 / 10), millis.getLast(), SIGNALS);
  }

  /** What one process uses. */
  private record Cost(
      long platformThreads,
      long streamThreads,
      long watchThreads,
      long heapMiB,
      long residentMiB,
      double cores,
      double temporalCores) {
    @Override
    public String toString() {
      return ("%d platform threads, %d virtual threads of streams, %d of long polls, %d MiB of heap"
              + " after a collection, %d MiB resident, %.3f cores (Temporal: %.3f)")
          .formatted(
              platformThreads,
              streamThreads,
              watchThreads,
              heapMiB,
              residentMiB,
              cores,
              temporalCores);
    }
  }

  private static Cost cost(AppProcess app) throws InterruptedException {
    Duration cpu = app.usage().cpu();
    Duration temporalCpu = temporalCpu();
    long start = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
    double elapsed = System.nanoTime() - start;
    double cores = app.usage().cpu().minus(cpu).toNanos() / elapsed;
    double temporalCores = temporalCpu().minus(temporalCpu).toNanos() / elapsed;
    return new Cost(
        app.usage().platformThreads(),
        app.usage().virtualThreads("tomcat-handler-"),
        app.usage().virtualThreads("c-"),
        app.usage().heapBytesAfterCollection() >> 20,
        app.usage().residentBytes() >> 20,
        cores,
        temporalCores);
  }

  private static Duration temporalCpu() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("temporal"))
        .flatMap(child -> child.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Waits until the process has nothing to do. */
  private static void awaitIdle(AppProcess app) {
    await()
        .pollInterval(Duration.ofSeconds(5))
        .atMost(PATIENCE)
        .until(() -> {
          Duration before = app.usage().cpu();
          TimeUnit.SECONDS.sleep(3);
          return app.usage().cpu().minus(before).toMillis() < 600;
        });
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
