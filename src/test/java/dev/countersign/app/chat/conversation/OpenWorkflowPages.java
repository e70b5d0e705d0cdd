package dev.countersign.app.chat.conversation;

import com.google.protobuf.ByteString;
import dev.countersign.client.WorkflowPages;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes on, at a server that knows no queries: found are workflows of the type that a query
 * names, whosoever they are, and those that a test has added.
 */
public final class OpenWorkflowPages extends WorkflowPages {
  public final List<Found> late = new ArrayList<>();

  /** Knows only what a test has added. */
  boolean isBehind;

  public final List<String> queries = new ArrayList<>();
  private final WorkflowClient client;

  OpenWorkflowPages(WorkflowClient client) {
    super(client);
    this.client = client;
  }

  @Override
  public Page find(String query, int size, @Nullable ByteString from) {
    queries.add(query);
    var request =
        ListOpenWorkflowExecutionsRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .build();
    List<Found> all = new ArrayList<>(late);
    if (isBehind) {
      return new Page(all, null);
    }
    client
        .getWorkflowServiceStubs()
        .blockingStub()
        .listOpenWorkflowExecutions(request)
        .getExecutionsList()
        .stream()
        .filter(found -> query.contains("WorkflowType = '" + found.getType().getName() + "'"))
        .map(OpenWorkflowPages::found)
        .sorted(Comparator.comparing(Found::startedAt).reversed())
        .forEach(all::add);
    int first = from == null ? 0 : Integer.parseInt(from.toStringUtf8());
    int end = Math.min(first + size, all.size());
    return new Page(
        all.subList(first, end),
        end == all.size() ? null : ByteString.copyFromUtf8(String.valueOf(end)));
  }

  private static Found found(WorkflowExecutionInfo info) {
    return new Found(
        info.getExecution().getWorkflowId(),
        Instant.ofEpochSecond(info.getStartTime().getSeconds(), info.getStartTime().getNanos()),
        false);
  }
}
