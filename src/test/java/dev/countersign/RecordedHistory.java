package dev.countersign;

import dev.countersign.guard.CallStatus;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.testing.WorkflowHistoryLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a recorded history has to show. */
record RecordedHistory(List<HistoryEvent> events) {

  static RecordedHistory of(Path file) throws IOException {
    return new RecordedHistory(
        WorkflowHistoryLoader.readHistory(file.toFile()).getHistory().getEventsList());
  }

  String type() {
    return events
        .getFirst()
        .getWorkflowExecutionStartedEventAttributes()
        .getWorkflowType()
        .getName();
  }

  /** Where it stood, one after the other. */
  List<CallStatus> statuses() {
    return events.stream()
        .map(event ->
            event.hasWorkflowExecutionStartedEventAttributes()
                ? event.getWorkflowExecutionStartedEventAttributes().getSearchAttributes()
                : event.getUpsertWorkflowSearchAttributesEventAttributes().getSearchAttributes())
        .map(attributes -> attributes.getIndexedFieldsMap().get("ApprovalStatus"))
        .flatMap(Stream::ofNullable)
        .map(payload -> CallStatus.valueOf(text(payload)))
        .toList();
  }

  boolean endsAs(CallStatus status) {
    return !statuses().isEmpty() && statuses().getLast() == status;
  }

  boolean hasSignal(String name) {
    return events.stream()
        .anyMatch(event ->
            event.getWorkflowExecutionSignaledEventAttributes().getSignalName().equals(name));
  }

  boolean has(EventType type) {
    return events.stream().anyMatch(event -> event.getEventType() == type);
  }

  /** Types of the activities that were begun, in their order. */
  List<String> activities() {
    return events.stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .map(event -> event.getActivityTaskScheduledEventAttributes().getActivityType().getName())
        .toList();
  }

  /** Change ids of its version markers. */
  List<String> versions() {
    return events.stream()
        .map(HistoryEvent::getMarkerRecordedEventAttributes)
        .filter(marker -> marker.getMarkerName().equals("Version"))
        .flatMap(RecordedHistory::changeId)
        .toList();
  }

  private static Stream<String> changeId(MarkerRecordedEventAttributes marker) {
    Payloads id = marker.getDetailsMap().get("changeId");
    return id == null ? Stream.empty() : Stream.of(text(id.getPayloads(0)));
  }

  private static String text(Payload payload) {
    return DefaultDataConverter.newDefaultInstance()
        .fromPayloads(
            0,
            Optional.of(Payloads.newBuilder().addPayloads(payload).build()),
            String.class,
            String.class);
  }
}
