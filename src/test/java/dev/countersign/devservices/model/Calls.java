package dev.countersign.devservices.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.ArrayList;
import java.util.List;

/** Calls of one tool. */
final class Calls {
  private Calls() {}

  /** The ids repeat from turn to turn, as some models' do. */
  static List<ToolExecutionRequest> of(String tool, List<String> arguments) {
    List<ToolExecutionRequest> calls = new ArrayList<>();
    for (String each : arguments) {
      calls.add(
          ToolExecutionRequest.builder()
              .id("offline-" + (calls.size() + 1))
              .name(tool)
              .arguments(each)
              .build());
    }
    return calls;
  }
}
