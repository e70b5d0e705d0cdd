package dev.countersign.app.chat;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.ToolCall.InvalidCall;
import dev.countersign.app.purchase.PhoneMessages;
import dev.langchain4j.agent.tool.ToolSpecification;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Optional;

/** All tools that the model can call. */
final class Tools {
  private final List<Tool> tools;

  Tools(Validator validator, PhoneMessages messages) {
    tools =
        List.of(
            new ShopOnlineTool(validator, messages),
            new ListPurchasesTool(),
            new CancelPurchaseTool());
  }

  List<ToolSpecification> specifications() {
    return tools.stream().map(Tool::specification).toList();
  }

  /**
   * Checks a call.
   *
   * @param name as the model wrote it; at most what can be sent back to it
   */
  ToolCall check(String id, String name, String arguments) {
    Optional<Tool> called =
        tools.stream().filter(tool -> tool.specification().name().equals(name)).findFirst();
    if (called.isEmpty()) {
      return new InvalidCall(id, name, "{}", "There is no such tool; there are " + names() + ".");
    }
    Optional<ObjectNode> object = ToolArguments.object(arguments.isBlank() ? "{}" : arguments);
    return object
        .map(given -> called.get().check(id, given))
        .orElseGet(() ->
            new InvalidCall(
                id,
                name,
                "{}",
                "Nothing was done. The arguments are not a JSON object. Call the tool again with"
                    + " valid arguments, or ask."));
  }

  private String names() {
    return tools.stream().map(tool -> tool.specification().name()).collect(joining(", "));
  }
}
