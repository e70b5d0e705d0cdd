package dev.countersign.app.chat.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.langchain4j.agent.tool.ToolSpecification;

/** A tool that the model can call. */
interface Tool {

  /** What the model is told of it. */
  ToolSpecification specification();

  /** Checks a call: one that can't be run is an {@link ToolCall.InvalidCall}. */
  ToolCall check(String id, ObjectNode arguments);
}
