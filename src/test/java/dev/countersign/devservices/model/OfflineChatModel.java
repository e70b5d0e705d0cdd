package dev.countersign.devservices.model;

import static java.util.stream.Collectors.joining;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Optional;

/** Answers like a language model would, without one and without a network. */
public final class OfflineChatModel implements ChatModel {
  private static final String HELP =
      "I am the offline model and understand only a few sentences: \"Buy an XYZ phone\", \"Buy 2"
          + " headphones for at most 300\", \"Transfer 50 euros to Bob\", \"What is pending?\" and"
          + " \"Cancel it\". For a real model set OPENAI_API_KEY and start again.";
  private static final String LIST = "list_requests";

  @Override
  public ChatResponse doChat(ChatRequest request) {
    List<ChatMessage> messages = request.messages();
    AiMessage answer =
        messages.getLast() instanceof UserMessage user && ToldOutcome.isQuestion(user)
            ? answer(new Question(user.singleText()), request)
            : afterTools(messages);
    return ChatResponse.builder().aiMessage(answer).build();
  }

  private static AiMessage answer(Question question, ChatRequest request) {
    if (Repeat.isWanted(question.words())) {
      return Repeat.of(question.words(), request.messages())
          .map(call -> AiMessage.from(Calls.of(call.name(), List.of(call.arguments()))))
          .orElseGet(() -> AiMessage.from(HELP));
    }
    boolean cancels = isToCancel(question, request.messages());
    if (cancels || question.isAboutPending() || question.isAboutBought()) {
      return isThere(LIST, request)
          ? AiMessage.from(Calls.of(LIST, List.of(arguments(question, cancels))))
          : AiMessage.from(pending(ToolResults.waiting(request.messages())));
    }
    Optional<Transfer> transfer = Transfer.in(question.words());
    if (transfer.isPresent() && isThere(Transfer.TOOL, request)) {
      return AiMessage.from(Calls.of(Transfer.TOOL, List.of(transfer.get().arguments())));
    }
    List<Wish> wishes = Wish.in(question.words());
    return wishes.isEmpty()
        ? AiMessage.from(HELP)
        : AiMessage.from(
            Calls.of("shop_online", wishes.stream().map(ToolResults::arguments).toList()));
  }

  private static boolean isThere(String tool, ChatRequest request) {
    return request.toolSpecifications().stream().anyMatch(it -> it.name().equals(tool));
  }

  private static String arguments(Question question, boolean cancels) {
    return !cancels && question.isAboutBought()
        ? "{\"status\":\"DONE\"}"
        : "{\"status\":\"pending\"}";
  }

  /** In so many words, or as the answer to which one. */
  private static boolean isToCancel(Question question, List<ChatMessage> messages) {
    boolean isAnswer =
        ToolResults.saidLast(messages).startsWith(Listing.WHICH)
            && Wish.in(question.words()).isEmpty();
    return isAnswer || question.isToCancel();
  }

  private static String pending(List<String> waiting) {
    return waiting.isEmpty()
        ? "Nothing is pending."
        : "Pending: " + String.join(", ", waiting) + ". Please look at your phone.";
  }

  private static AiMessage afterTools(List<ChatMessage> messages) {
    List<ToolResults.Result> newest = ToolResults.newest(messages);
    for (ToolResults.Result result : newest) {
      Optional<List<ListedCall>> listed =
          result.tool().equals(LIST) ? ListedCall.in(result.text()) : Optional.empty();
      Optional<Question> question = ToolResults.question(messages);
      if (listed.isPresent() && question.isPresent()) {
        return Listing.answer(
            question.get(), isToCancel(question.get(), ToolResults.before(messages)), listed.get());
      }
    }
    return AiMessage.from(newest.stream().map(ToolResults.Result::inWords).collect(joining(" ")));
  }
}
