package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What LiteLLM's proxy does to a message of the assistant: members that it doesn't know go into one
 * of its own, and it passes a request on as it is. So the server behind it would get them back in a
 * member that it has never sent, and that Google's refuses.
 */
final class LiteLlmMembers {
  private static final String FOLDED = "provider_specific_fields";

  /** These are its own: it reads them there in the next request (release 1.108.7). */
  private static final Set<String> ITS_OWN =
      Set.of(
          "thought_signatures",
          "server_side_tool_invocations",
          "compaction_blocks",
          "web_search_results",
          "tool_results");

  private LiteLlmMembers() {}

  /** The message as the server behind the proxy has sent it; any other as it is. */
  static JsonNode unfolded(JsonNode message) {
    JsonNode folded = message.path(FOLDED);
    if (!folded.isObject()) {
      return message;
    }
    ObjectNode unfolded = message.deepCopy();
    ObjectNode kept = unfolded.putObject(FOLDED);
    folded
        .properties()
        .forEach(member ->
            (ITS_OWN.contains(member.getKey()) ? kept : unfolded)
                .set(member.getKey(), member.getValue()));
    return unfolded;
  }
}
