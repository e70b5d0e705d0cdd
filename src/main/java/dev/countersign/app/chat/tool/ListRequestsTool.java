package dev.countersign.app.chat.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;

/** The tool {@code list_requests}. */
final class ListRequestsTool implements Tool {
  static final String STATUS = "status";

  @Override
  public ToolSpecification specification() {
    return ToolSpecification.builder()
        .name(ListCall.NAME)
        .description("List what the user was asked to approve, and what became of it, newest first")
        .parameters(
            JsonObjectSchema.builder()
                .addStringProperty(
                    STATUS,
                    "Only those that stand so: pending, ended, or one of "
                        + StatusFilter.names()
                        + "; leave out for all")
                .build())
        .build();
  }

  @Override
  public ToolCall check(String id, ObjectNode arguments) {
    JsonNode status = arguments.path(STATUS);
    if (status.isMissingNode() || status.isNull() || status.asText().isBlank()) {
      return new ListCall(id, null);
    }
    return StatusFilter.of(status.asText())
        .<ToolCall>map(filter -> new ListCall(id, filter.word()))
        .orElseGet(() ->
            new InvalidCall(
                id,
                ListCall.NAME,
                ToolArguments.kept(arguments),
                "status must be pending, ended, or one of "
                    + StatusFilter.names()
                    + "; leave it out for all."));
  }
}
