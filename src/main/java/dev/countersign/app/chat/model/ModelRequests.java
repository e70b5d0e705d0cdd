package dev.countersign.app.chat.model;

import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.wire.WireCall;
import dev.countersign.app.chat.model.wire.WordsListener;
import dev.countersign.app.chat.tool.Tools;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the model in a form that its server takes: another, where it refuses the usual one. */
final class ModelRequests {
  private static final Logger log = LoggerFactory.getLogger(ModelRequests.class);

  /** Tokens of an answer, where nothing says how many it may have. */
  private static final int USUAL_ANSWER = 1_000;

  private final ChatModel model;
  private final Tools tools;
  private final @Nullable Integer maxTokens;
  private final @Nullable Integer maxTokensAgain;
  private final Clock clock;
  private final ServerExtras extras;

  /** Whether the server refuses {@code tool_choice: none}. */
  private volatile boolean refusesNoChoice;

  /** Whether the server refuses what came beside its own answers. */
  private volatile boolean refusesExtras;

  ModelRequests(ChatModel model, Tools tools, ModelProperties properties, Clock clock) {
    this.model = model;
    this.tools = tools;
    this.clock = clock;
    extras = new ServerExtras(properties);
    maxTokens = properties.maxTokens();
    maxTokensAgain = properties.maxTokensAgain();
  }

  /**
   * What came.
   *
   * @param wire what came beside it
   * @param plain whether the conversation keeps to a plain history
   */
  record Answer(ChatResponse response, WireCall wire, boolean plain) {}

  /** How a request is made. */
  private enum Form {
    /** As OpenAI has it. */
    USUAL,
    /** Tools that mustn't be called are declared like others, and calls of them pass unheard. */
    FREE_TOOLS,
    /** The same, without what came beside earlier answers. */
    NO_EXTRAS,
    /** Calls and results of the past are told as text. */
    PLAIN;
  }

  /** Tokens that an answer may take: of what the model is given, and of what it may say. */
  long expected(ModelCall call) {
    return TokenCount.of(messages(call, Boolean.TRUE.equals(call.plainHistory())).messages())
        + TokenCount.of(tools.specifications())
        + (maxTokens == null ? USUAL_ANSWER : maxTokens);
  }

  private ModelMessages messages(ModelCall call, boolean plain) {
    return ModelMessages.of(call.transcript(), LocalDate.now(clock), plain);
  }

  /**
   * Asks once, and in each other form only if the one before was refused.
   *
   * @param coming hears the answer while it comes; null: it comes whole
   * @param tokens counts those of all requests
   */
  Answer send(ModelCall call, @Nullable WordsListener coming, TokenCount tokens) {
    List<Form> forms = forms(call);
    RuntimeException first = null;
    RuntimeException refused = null;
    for (Form form : forms) {
      try {
        Answer answer = complete(call, form, coming, tokens);
        return refused == null ? answer : taken(answer, form, call, refused);
      } catch (RuntimeException e) {
        boolean another = form != forms.getLast() && RefusedForm.isIn(e);
        if (!another) {
          throw first != null && RefusedForm.isIn(e) ? first : e; // it wasn't the form
        }
        first = first == null ? e : first;
        refused = e;
      }
    }
    throw new IllegalStateException("There is no form");
  }

  /** Those that may be taken, the usual one first. */
  private List<Form> forms(ModelCall call) {
    if (Boolean.TRUE.equals(call.plainHistory())) {
      return List.of(Form.PLAIN);
    }
    boolean speaks = call.asker() == null;
    List<Form> forms = new ArrayList<>();
    if (!speaks || !refusesNoChoice) {
      forms.add(Form.USUAL);
    }
    if (speaks) {
      forms.add(Form.FREE_TOOLS);
    }
    if (!refusesExtras && extras.areSentWith(call.transcript())) {
      forms.add(Form.NO_EXTRAS);
    }
    if (ModelMessages.hasCalls(call.transcript())) {
      forms.add(Form.PLAIN);
    }
    return forms;
  }

  /**
   * Keeps to a form that was taken, for all conversations only where the one before was refused as
   * such.
   */
  private Answer taken(Answer answer, Form form, ModelCall call, RuntimeException refused) {
    return switch (form) {
      case USUAL -> answer;
      case FREE_TOOLS -> {
        if (RefusedForm.isOfTheToolChoice(refused)) {
          refusesNoChoice = true;
          log.info("The model's server refuses tool_choice none, which is left out from now on");
        }
        yield answer;
      }
      case NO_EXTRAS -> {
        if (RefusedForm.isOfTheExtras(refused, extras.ownNames(call.transcript()))) {
          refusesExtras = true;
          log.info("The model's server refuses members of its own answers, left out from now on");
        }
        yield answer;
      }
      case PLAIN -> {
        log.info(
            "The model's server refuses the calls in this history, which are told as text now");
        yield new Answer(answer.response(), answer.wire(), RefusedForm.isOfTheHistory(refused));
      }
    };
  }

  /** What came beside an answer, as it is kept; null: nothing is. */
  @Nullable String extrasOf(Answer answer) {
    return refusesExtras ? null : extras.kept(answer.wire().extras());
  }

  private List<@Nullable String> extras(ModelMessages messages, Form form) {
    List<@Nullable String> sent = new ArrayList<>();
    if (form != Form.NO_EXTRAS && !refusesExtras) {
      messages.extras().forEach(kept -> sent.add(extras.sent(kept)));
    }
    return sent;
  }

  /** Asks, and once more for an answer that was cut off, if the settings allow a longer one. */
  private Answer complete(
      ModelCall call, Form form, @Nullable WordsListener coming, TokenCount tokens) {
    Answer answer = send(call, form, maxTokens, coming, tokens);
    if (maxTokensAgain == null || answer.response().finishReason() != FinishReason.LENGTH) {
      return answer;
    }
    try {
      return send(call, form, maxTokensAgain, coming, tokens);
    } catch (RuntimeException e) { // what there is is better than nothing
      log.warn(
          "No longer answer came ({}): check countersign.chat.model.max-tokens-again",
          e.getClass().getSimpleName());
      return answer;
    }
  }

  private Answer send(
      ModelCall call,
      Form form,
      @Nullable Integer most,
      @Nullable WordsListener coming,
      TokenCount tokens) {
    boolean plain = form == Form.PLAIN;
    ModelMessages messages = messages(call, plain);
    var request = ChatRequest.builder().messages(messages.messages()).maxOutputTokens(most);
    if (call.asker() != null || !plain) { // some want tools wherever calls are in the history
      request.toolSpecifications(tools.specifications());
    }
    if (call.asker() == null && form == Form.USUAL) {
      request.toolChoice(ToolChoice.NONE);
    }
    var wire = new WireCall(extras(messages, form), coming);
    ChatRequest built = request.build();
    return new Answer(tokens.counted(built, () -> wire.call(() -> model.chat(built))), wire, plain);
  }
}
