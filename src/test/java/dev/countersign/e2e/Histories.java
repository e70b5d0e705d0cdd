package dev.countersign.e2e;

import com.google.protobuf.util.Timestamps;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What Temporal has recorded of workflows. */
final class Histories implements AutoCloseable {
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  Histories(Product product) {
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(product.temporal.target()).build());
    client = WorkflowClient.newInstance(stubs);
  }

  /** When the first such event happened. */
  Instant firstTime(String workflowId, Predicate<HistoryEvent> such) {
    return events(workflowId).stream().filter(such).map(Histories::at).findFirst().orElseThrow();
  }

  /** Times and types of all events, a line each. */
  String told(String workflowId) {
    return events(workflowId).stream()
        .map(event -> at(event) + " " + event.getEventType())
        .collect(Collectors.joining("\n"));
  }

  private List<HistoryEvent> events(String workflowId) {
    return client.fetchHistory(workflowId).getEvents();
  }

  private static Instant at(HistoryEvent event) {
    return Instant.ofEpochMilli(Timestamps.toMillis(event.getEventTime()));
  }

  @Override
  public void close() {
    stubs.shutdown();
  }
}
