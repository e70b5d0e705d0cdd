package dev.countersign.devservices.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineChatModelTest {
  private static final String REQUESTED = "Approval requested: the user is to answer.";
  private final OfflineChatModel model = new OfflineChatModel();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Buy an XYZ phone                            | {"product":"XYZ phone","qty":1}
          buy 2 headphones for at most 300            | {"product":"headphones","qty":2,"priceLimit":300}
          Buy 2 headphones                            | {"product":"headphones","qty":2}
          Please buy two headphones.                  | {"product":"headphones","qty":2}
          buy TEN red apples!                         | {"product":"red apples","qty":10}
          Buy the new XYZ phone up to $1,000          | {"product":"new XYZ phone","qty":1,"priceLimit":1000}
          Could you order me some coffee, please?     | {"product":"coffee","qty":1}
          I want to buy a lamp under 49.90 euros      | {"product":"lamp","qty":1,"priceLimit":49.90}
          Buy 3 pens max 4,50                         | {"product":"pens","qty":3,"priceLimit":4.50}
          Buy headphones                              | {"product":"headphones","qty":1}
          Buy 2x   headphones                         | {"product":"headphones","qty":2}
          Buy salt and pepper                         | {"product":"salt and pepper","qty":1}
          Buy Anna's book                             | {"product":"Anna's book","qty":1}
          """)
  void callsTheToolWithWhatTheSentenceSays(String sentence, String arguments) {
    assertThat(answer(UserMessage.from(sentence)).toolExecutionRequests())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.name()).isEqualTo("shop_online");
          assertThat(call.arguments()).isEqualTo(arguments);
        });
  }

  @Test
  void callsTheToolOnceForEachThing() {
    assertThat(
            answer(UserMessage.from("Buy 2 headphones and an XYZ phone")).toolExecutionRequests())
        .extracting(ToolExecutionRequest::arguments)
        .containsExactly(
            "{\"product\":\"headphones\",\"qty\":2}", "{\"product\":\"XYZ phone\",\"qty\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello", "What can you do?", "buy", "!"})
  void saysThatItIsOfflineAndHowToSetARealModel(String sentence) {
    assertThat(answer(UserMessage.from(sentence)).text())
        .contains("offline")
        .contains("OPENAI_API_KEY");
  }

  @Test
  void saysThatThePhoneWasAskedAfterTheToolCall() {
    assertThat(answer(asked(2, "headphones", REQUESTED)).text())
        .isEqualTo("Nothing is ordered before you approve.");
  }

  @Test
  void passesOnWhatWasWrongWithTheCall() {
    assertThat(answer(asked(0, "headphones", "Nothing was bought. qty must be 1 or more.")).text())
        .contains("Nothing was bought. qty must be 1 or more.");
  }

  @Test
  void keepsToItselfWhatTheModelIsToDo() {
    assertThat(
            answer(
                    asked(
                        0,
                        "headphones",
                        "Nothing was done. qty must be 1 or more.\nCall the tool again, or ask."))
                .text())
        .isEqualTo("About 0 headphones: Nothing was done. qty must be 1 or more.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Created                         | Your order of 2 headphones is placed: Created.
          Order 1001                      | Your order of 2 headphones is placed: order 1001.
          The user has denied the request | You denied the purchase of 2 headphones: nothing was ordered.
          It was cancelled; nothing was done. If the user's phone still asks, an answer there changes nothing. | You cancelled the purchase of 2 headphones: nothing was ordered. If your phone still asks, an answer there changes nothing.
          It was cancelled; nothing was done. | You cancelled the purchase of 2 headphones: nothing was ordered.
          No approval arrived in time.    | About 2 headphones: No approval arrived in time.
          """)
  void wordsTheOutcome(String result, String words) {
    var messages = new ArrayList<>(List.of(asked(2, "headphones", REQUESTED)));
    messages.addAll(List.of(outcome(2, "headphones", result)));

    assertThat(model.chat(ChatRequest.builder().messages(messages).build()).aiMessage().text())
        .isEqualTo(words);
  }

  @Test
  void listsWhatIsPendingAndNotWhatHasEnded() {
    var messages = new ArrayList<>(List.of(asked(2, "headphones", REQUESTED)));
    messages.addAll(List.of(asked(1, "XYZ phone", REQUESTED)));
    messages.addAll(List.of(outcome(2, "headphones", "Created")));
    messages.add(UserMessage.from("What is pending?"));

    assertThat(answer(messages.toArray(ChatMessage[]::new)).text())
        .isEqualTo("Pending: 1 XYZ phone. Please look at your phone.");
  }

  @Test
  void saysThatNothingIsPending() {
    assertThat(answer(UserMessage.from("what is pending?")).text())
        .isEqualTo("Nothing is pending.");
  }

  private static final String TWO_PENDING =
      """
      {"requests":[
        {"request":"P-1","arguments":{"product":"headphones","qty":2},"status":"AWAITING_APPROVAL"},
        {"request":"P-2","arguments":{"product":"XYZ phone","qty":1},"status":"REQUESTED"}]}\
      """;
  private static final String ONE_PENDING =
      "{\"requests\":[{\"request\":\"P-2\",\"arguments\":{\"product\":\"XYZ phone\",\"qty\":1}}]}";
  private static final String NONE = "{\"requests\":[]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What is pending?              | {"status":"pending"}
          Is anything waiting for me?   | {"status":"pending"}
          Cancel it                     | {"status":"pending"}
          Please cancel the headphones! | {"status":"pending"}
          What did I buy?               | {"status":"DONE"}
          what have I ordered so far    | {"status":"DONE"}
          Show my purchases             | {"status":"DONE"}
          """)
  void looksAtThePurchases(String sentence, String arguments) {
    assertThat(withAllTools(UserMessage.from(sentence)).toolExecutionRequests())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.name()).isEqualTo("list_requests");
          assertThat(call.arguments()).isEqualTo(arguments);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Buy a book on how to cancel things | {"product":"book on how to cancel things","qty":1}
          Get me a waiting room chair        | {"product":"waiting room chair","qty":1}
          """)
  void buysWhatOnlySoundsLikeAQuestion(String sentence, String arguments) {
    assertThat(withAllTools(UserMessage.from(sentence)).toolExecutionRequests())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.name()).isEqualTo("shop_online");
          assertThat(call.arguments()).isEqualTo(arguments);
        });
  }

  static Stream<Arguments> listed() {
    return Stream.of(
        arguments(
            "What is pending?",
            TWO_PENDING,
            "Pending: 2 headphones (P-1), 1 XYZ phone (P-2). Please look at your phone."),
        arguments("What is pending?", NONE, "Nothing is pending."),
        arguments("What did I buy?", NONE, "You have bought nothing yet."),
        arguments(
            "What did I buy?",
            "{\"requests\":[{\"request\":\"P-3\",\"arguments\":{\"product\":\"pens\",\"qty\":9},\"result\":\"Created\"}]}",
            "You have bought: 9 pens (P-3): Created."),
        arguments("Cancel it", NONE, "Nothing is pending, so there is nothing to cancel."),
        arguments(
            "Cancel it",
            TWO_PENDING,
            "Which one shall I cancel? Pending: 2 headphones (P-1), 1 XYZ phone (P-2)."),
        arguments(
            "Cancel the lamp",
            ONE_PENDING,
            "Nothing like that is pending. Pending: 1 XYZ phone (P-2)."),
        arguments(
            "What is pending?",
            "The purchases can't be listed now.",
            "The purchases can't be listed now."));
  }

  @ParameterizedTest
  @MethodSource("listed")
  void answersFromTheList(String question, String list, String words) {
    assertThat(afterList(question, list).text()).isEqualTo(words);
  }

  static Stream<Arguments> cancelled() {
    return Stream.of(
        arguments("Cancel it", ONE_PENDING, List.of("P-2")),
        arguments("cancel the order, please", ONE_PENDING, List.of("P-2")),
        arguments("Cancel the headphones", TWO_PENDING, List.of("P-1")),
        arguments("cancel p-2", TWO_PENDING, List.of("P-2")),
        arguments("Cancel both", TWO_PENDING, List.of("P-1", "P-2")));
  }

  @ParameterizedTest
  @MethodSource("cancelled")
  void cancelsWhatIsMeant(String question, String list, List<String> references) {
    assertThat(afterList(question, list).toolExecutionRequests())
        .allSatisfy(call -> assertThat(call.name()).isEqualTo("cancel_request"))
        .extracting(ToolExecutionRequest::arguments)
        .isEqualTo(references.stream().map(it -> "{\"request\":\"" + it + "\"}").toList());
  }

  @Test
  void takesTheAnswerToWhichOne() {
    AiMessage which = afterList("Cancel it", TWO_PENDING);
    var messages = new ArrayList<ChatMessage>(List.of(UserMessage.from("Cancel it"), which));
    messages.add(UserMessage.from("The headphones"));

    AiMessage look = withAllTools(messages.toArray(ChatMessage[]::new));
    messages.add(look);
    messages.add(
        ToolExecutionResultMessage.from(look.toolExecutionRequests().getFirst(), TWO_PENDING));

    assertThat(withAllTools(messages.toArray(ChatMessage[]::new)).toolExecutionRequests())
        .extracting(ToolExecutionRequest::arguments)
        .containsExactly("{\"request\":\"P-1\"}");
  }

  @Test
  void asksForTheSameAgain() {
    var messages = new ArrayList<ChatMessage>(List.of(asked(2, "headphones", REQUESTED)));
    messages.addAll(List.of(asked(3, "waiting room chairs", REQUESTED)));
    messages.addAll(List.of(asked(2, "lamps", REQUESTED)));
    messages.add(
        UserMessage.from(
            "Please ask me again: Shop online (product: waiting room chairs, quantity: 3)"));

    assertThat(answer(messages.toArray(ChatMessage[]::new)).toolExecutionRequests())
        .extracting(ToolExecutionRequest::arguments)
        .containsExactly("{\"product\":\"waiting room chairs\",\"qty\":3}");
  }

  @Test
  void asksNothingAgainThatItDoesNotKnow() {
    assertThat(
            answer(UserMessage.from("Please ask me again: Shop online (product: lamps)"))
                .toolExecutionRequests())
        .isEmpty();
  }

  @Test
  void passesOnWhatBecameOfACancel() {
    var call =
        ToolExecutionRequest.builder()
            .id("c1")
            .name("cancel_request")
            .arguments("{\"request\":\"P-1\"}")
            .build();
    String text = "Not cancelled: it is being ordered.";
    assertThat(
            withAllTools(
                    UserMessage.from("Cancel it"),
                    AiMessage.from(call),
                    ToolExecutionResultMessage.from(call, text))
                .text())
        .isEqualTo(text);
  }

  private AiMessage afterList(String question, String list) {
    AiMessage look = withAllTools(UserMessage.from(question));
    return withAllTools(
        UserMessage.from(question),
        look,
        ToolExecutionResultMessage.from(look.toolExecutionRequests().getFirst(), list));
  }

  private AiMessage withAllTools(ChatMessage... messages) {
    return model
        .chat(
            ChatRequest.builder()
                .messages(List.of(messages))
                .toolSpecifications(
                    Stream.of("shop_online", "list_requests", "cancel_request")
                        .map(name -> ToolSpecification.builder().name(name).build())
                        .toList())
                .build())
        .aiMessage();
  }

  private AiMessage answer(ChatMessage... messages) {
    return model
        .chat(
            ChatRequest.builder()
                .messages(List.of(messages))
                .toolSpecifications(ToolSpecification.builder().name("shop_online").build())
                .build())
        .aiMessage();
  }

  private static ChatMessage[] asked(int qty, String product, String result) {
    return pair("call-" + product, qty, product, result);
  }

  private static ChatMessage[] outcome(int qty, String product, String result) {
    return pair("outcome-" + product, qty, product, result);
  }

  private static ChatMessage[] pair(String id, int qty, String product, String result) {
    var call =
        ToolExecutionRequest.builder()
            .id(id)
            .name("shop_online")
            .arguments("{\"product\":\"" + product + "\",\"qty\":" + qty + "}")
            .build();
    return new ChatMessage[] {AiMessage.from(call), ToolExecutionResultMessage.from(call, result)};
  }
}
