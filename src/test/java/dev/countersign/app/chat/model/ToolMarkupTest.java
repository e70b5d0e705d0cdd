package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words are calls of tools that a server hasn't read, and which are words about such. */
@Timeout(60)
class ToolMarkupTest {
  private final ServedModel model = new ServedModel();

  @AfterEach
  void close() {
    model.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"functions.shop_online\", \"arguments\": {\"qty\": 1}}",
        "{\"function\": {\"name\": \"default_api:shop_online\", \"arguments\": {}}}",
        "[shop_online(product=\"lamp\", qty=2)]",
        "[shop_online(product=\"lamp\"), list_requests()]",
        "shop_online(product=\"lamp\")",
        "functions.shop_online(product='lamp')",
        "list_requests()",
        "shop_online(\n  product=\"lamp\",\n  qty=2\n)",
        "I will buy it.\nshop_online(product=\"lamp\", qty=2)",
        "I will buy it:\n\n```json\n{\"name\": \"shop_online\", \"arguments\": {\"qty\": 1}}\n```",
        "I will buy it:\n```\n[shop_online(product=\"lamp\")]\n```\nOne moment.",
        "```python\nshop_online(product=\"lamp\")\n```",
        "```json {\"name\": \"shop_online\", \"arguments\": {\"qty\": 1}} ```",
        "{{\"name\": \"shop_online\", \"arguments\": {\"qty\": 2, \"priceLimit\": null}}}}\nResult of: done",
        "Of course. {\"name\": \"shop_online\", \"arguments\": {\"qty\": 1}} One moment.",
        "Of course.\n```json\n{{\"name\": \"shop_online\", \"arguments\": {}}}\n```",
        "```xml\n<tool_call>{\"name\": \"shop_online\"}</tool_call>\n```",
        "`<tool_call>{\"name\": \"shop_online\"}</tool_call>`",
        "```tool_code\nprint(default_api.shop_online(product='lamp'))\n```",
        "<|channel|>commentary to=shop_online <|message|>{}<|call|>"
      })
  void keepsACallFromTheUser(String content) {
    model.says(content);

    assertThat(model.failure(ServedModel.hello()).getType()).isEqualTo("ToolMarkupException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hermes writes its calls between `<tool_call>` and `</tool_call>`.",
        "In Mistral's models ``[TOOL_CALLS]`` stands before a call.",
        "It looks like this:\n\n```\n<tool_call>{\"name\": \"a_tool\"}</tool_call>\n```\nAnd so on.",
        "You would write `shop_online(product=\"lamp\")` for that.",
        "You would write `{\"name\": \"shop_online\", \"arguments\": {}}` for that.",
        "My tools are:\nshop_online()\nlist_requests()",
        "[look_up(product=\"lamp\")]",
        "print(product=\"lamp\")",
        "So a tool is declared:\n```json\n{\"name\": \"shop_online\", \"description\": \"Buys\"}\n```",
        "Your name is in:\n```json\n{\"name\": \"Ada\"}\n```"
      })
  void showsWordsAboutCalls(String content) {
    model.says(content);

    assertThat(model.call(ServedModel.hello()).text()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", " ", "\t\n"})
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isDoneWithLongTextsInNoTime(String part) {
    assertThat(ToolMarkup.isIn(part.repeat(40_000), _ -> false)).isFalse();
  }
}
