package dev.countersign.app.chat.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.tool.CallToolActivities.CancelRequest;
import dev.countersign.app.chat.tool.CallToolActivities.Cancellation;
import dev.countersign.app.chat.tool.CallToolActivities.ListRequests;
import dev.countersign.app.chat.transcript.Stored;
import dev.countersign.app.chat.transcript.ToolCall.CancelCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.tracing.Traces;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at calls and takes them back as code does. */
@Component
class CallToolActivitiesImpl implements CallToolActivities {
  private static final int MOST = 20;

  /** Of a list, as it is stored: with usual messages 20 calls take half of it. */
  private static final int MOST_BYTES = 12_000;

  /** Of one call's result or reason. */
  private static final int MOST_WORDS = 1_000;

  /** No provider can be told that a question was taken back. */
  private static final String DEVICE_MAY_ASK =
      "If the user's phone still asks, an answer there changes nothing.";

  private final GuardedCalls calls;
  private final Traces traces;

  CallToolActivitiesImpl(GuardedCalls calls, Traces traces) {
    this.calls = calls;
    this.traces = traces;
  }

  @Override
  public String listRequests(ListRequests input) {
    try (Traces.Step _ = traces.tool(ListCall.NAME)) {
      return list(input);
    }
  }

  private String list(ListRequests input) {
    List<CallState> found =
        new OwnCalls(calls, input.userID(), input.callIds())
            .newest(StatusFilter.statusesOf(input.status()), MOST + 1);
    ObjectNode result = ToolArguments.JSON.createObjectNode();
    var list = result.putArray("requests");
    int bytes = 0;
    for (CallState call : found) {
      ObjectNode told = told(call);
      bytes += Stored.textBytes(told.toString());
      if (list.size() == MOST || bytes > MOST_BYTES) {
        result.put("more", true);
        break;
      }
      list.add(told);
    }
    return result.toString();
  }

  private static ObjectNode told(CallState call) {
    ObjectNode told =
        ToolArguments.JSON
            .createObjectNode()
            .put(CancelRequestTool.REQUEST, CallReference.of(call.id()))
            .put("tool", call.tool())
            .put("asked", call.message());
    ToolArguments.object(call.arguments()).ifPresent(arguments -> told.set("arguments", arguments));
    told.put("status", call.status().name()).put("askedAt", call.requestedAt().toString());
    putIfThere(told, "expiresAt", call.expiresAt());
    if (call.coveredBy() != null) {
      told.put("coveredByApprovalOf", call.coveredBy().approvedAt().toString());
    }
    putIfThere(told, "result", ToolArguments.text(call.result()));
    putIfThere(told, "reason", call.reason());
    return told;
  }

  private static void putIfThere(ObjectNode told, String name, @Nullable Object value) {
    if (value != null) {
      told.put(name, Stored.cut(value.toString(), MOST_WORDS));
    }
  }

  @Override
  public Cancellation cancelRequest(CancelRequest input) {
    try (Traces.Step _ = traces.tool(CancelCall.NAME)) {
      return cancel(input);
    }
  }

  private Cancellation cancel(CancelRequest input) {
    var own = new OwnCalls(calls, input.userID(), input.callIds());
    Collection<String> meant = own.meant(input.request());
    if (meant.size() > 1) {
      return notDone("several requests have that reference; give the whole id: " + meant);
    }
    return meant.stream()
        .findFirst()
        .flatMap(own::cancel)
        .map(call -> cancellation(call, input.conversationId()))
        .orElseGet(() -> notDone("the user has no such request; look it up with list_requests."));
  }

  private static Cancellation cancellation(CallState call, String conversationId) {
    if (call.status() == CallStatus.RUNNING) {
      return notDone("it is being done right now and can't be cancelled any more.");
    }
    if (call.status() != CallStatus.CANCELLED) {
      return notDone("it has ended as " + call.status() + " and can't be cancelled.");
    }
    if (endedBefore(call)) {
      return notDone("it was cancelled before.");
    }
    return new Cancellation(
        conversationId.equals(call.startedBy())
            ? beingCancelled(call.message())
            : cancelled(call.message()),
        call.message());
  }

  /** The tool's result for a call of this conversation, which is told of its outcome. */
  private static String beingCancelled(String message) {
    return "Cancelling \""
        + message
        + "\": nothing will be done. "
        + DEVICE_MAY_ASK
        + " The outcome follows by itself.";
  }

  /** The tool's result for a call of which this conversation hears no more. */
  private static String cancelled(String message) {
    return "Cancelled \"" + message + "\": nothing was done. " + DEVICE_MAY_ASK;
  }

  /** Not by this call, nor by an attempt of it whose end was not heard of. */
  private static boolean endedBefore(CallState call) {
    Instant asked =
        Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
    return call.endedAt() != null && call.endedAt().isBefore(asked);
  }

  private static Cancellation notDone(String why) {
    return new Cancellation("Not cancelled: " + why, null);
  }
}
