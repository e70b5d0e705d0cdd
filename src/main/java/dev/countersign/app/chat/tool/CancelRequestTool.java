package dev.countersign.app.chat.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.CancelCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;

/** The tool {@code cancel_request}. */
final class CancelRequestTool implements Tool {
  static final String REQUEST = "request";

  /** A whole call id has up to 155. */
  private static final int MAX_REFERENCE = 200;

  @Override
  public ToolSpecification specification() {
    return ToolSpecification.builder()
        .name(CancelCall.NAME)
        .description("Take back what the user was asked to approve and has not decided yet")
        .parameters(
            JsonObjectSchema.builder()
                .addStringProperty(
                    REQUEST,
                    "Which one: its request as " + ListCall.NAME + " gives it, such as R-1A2B3C4D")
                .required(REQUEST)
                .build())
        .build();
  }

  @Override
  public ToolCall check(String id, ObjectNode arguments) {
    JsonNode request = arguments.path(REQUEST);
    String reference = request.isValueNode() ? request.asText().strip() : "";
    return request.isNull() || reference.isEmpty() || reference.length() > MAX_REFERENCE
        ? new InvalidCall(
            id,
            CancelCall.NAME,
            ToolArguments.kept(arguments),
            "Not cancelled: request must be the reference of one request, as "
                + ListCall.NAME
                + " gives it.")
        : new CancelCall(id, reference);
  }
}
