package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was found by made-up answers of a model's server. */
@Timeout(60)
class OddAnswersTest {
  private static final int LONG = 500_000;
  private static final String SAYS =
      "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"Tea.\"}}]";

  private final ServedModel model = new ServedModel();

  @AfterEach
  void close() {
    model.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt_tokens\":-10,\"completion_tokens\":1}",
        "{\"prompt_tokens\":1,\"completion_tokens\":-1}",
        "{\"prompt_tokens\":1,\"completion_tokens\":1e12}",
        "{\"prompt_tokens\":9223372036854775807,\"completion_tokens\":1}",
        "{\"prompt_tokens\":2147483647,\"completion_tokens\":2147483647}"
      })
  void countsNoTokensThatNobodyCanHaveUsed(String usage) {
    model.answers(200, SAYS + ",\"usage\":" + usage + "}");

    assertThat(model.call(ServedModel.hello()).usage()).isNull();
  }

  @Test
  void takesANumberThatNothingCanHoldForNoAnswer() {
    model.answers(200, SAYS + ",\"created\":1e9999999999}");

    ApplicationFailure failure = model.failure(ServedModel.hello());

    assertThat(failure.getType()).isEqualTo("ModelAnswerUnreadable");
  }

  @Test
  void readsEventsInUtf8WhateverTheirTypeSays() {
    model.answers(
        200,
        "text/event-stream; charset=utf-16",
        "data: {\"choices\":[{\"delta\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]}\n\n");

    assertThat(model.call(ServedModel.hello()).text()).isEqualTo("Tea.");
  }

  /** Of a model that has lost its way, or of somebody who wants to keep a processor busy. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a <think>", "```a\n", "`a", "</think>", "◁think▷", "a <|START_THINKING|>"})
  void readsOnceHoweverOftenAMarkIsRepeated(String mark) {
    String words = mark.repeat(LONG / mark.length()) + "x";
    model.answers(
        200,
        "{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":"
            + TextNode.valueOf(words)
            + "}}]}");

    assertThat(model.call(ServedModel.hello()).calls()).isEmpty();
  }

  @Test
  void readsAnErrorOnceHoweverOftenAMarkIsRepeated() {
    model.refuses(500, "litellm.a: ".repeat(LONG / 11));

    assertThat(model.failure(ServedModel.hello()).getType()).isEqualTo("InternalServerException");
  }

  @Test
  void leavesOutAThoughtThatBeginsInASecondLine() {
    model.says("\n<think>Tea or coffee?</think>\n\nTea.");

    assertThat(model.call(ServedModel.hello()).text()).isEqualTo("Tea.");
  }
}
