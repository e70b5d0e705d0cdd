package dev.countersign.app.chat.conversation;

import static java.util.stream.Collectors.joining;

import dev.countersign.app.chat.budget.Leave;
import dev.countersign.app.chat.budget.Waiting;
import dev.countersign.app.chat.model.AskedModel.Answer;
import dev.countersign.app.chat.model.Claims;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.CoveredBy;
import dev.countersign.guard.FrozenCall;
import dev.countersign.workflow.WorkflowTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is said to the user and the model in our own words. */
final class Sentences {
  /** The result of {@code list_requests} when it failed. */
  static final String NOT_LISTED =
      "The requests can't be looked up at the moment; the user can ask again in a minute.";

  /** The result of {@code cancel_request} when it failed. */
  static final String CANCEL_UNKNOWN =
      "It is not known whether it was cancelled. Look it up with list_requests before you say that"
          + " it was.";

  /** A tool's result when the user wanted no more of the answer before it was run. */
  static final String STOPPED = "Not done: the user has stopped this answer.";

  private static final String BUDGET = "what the assistant may read and write for you in 24 hours";

  private Sentences() {}

  /** Why no conversation is begun. */
  static String tooManyConversations(Leave leave) {
    String most = "You have begun as many conversations as you may in 24 hours. ";
    return leave.until() == null
        ? most + "Please go on with one that you have."
        : most
            + "You can begin another "
            + Waiting.until(leave.until(), leave.at())
            + ", or go on now with one that you have.";
  }

  /** The tool's result while the user decides. */
  static String approvalRequested(String message) {
    return "Approval requested: the user is to answer \""
        + message
        + "\". Nothing is done yet; the outcome follows by itself.";
  }

  /** The tool's result of a call that goes on, and that nobody was asked for. */
  static String begun(String message) {
    return "\""
        + message
        + "\" needs no approval and is being done right now. The outcome follows by itself; don't"
        + " call it again.";
  }

  /** The tool's result of a call that goes on under an earlier approval. */
  static String begunUnder(CoveredBy approval, String message) {
    return "\""
        + message
        + "\" is covered by "
        + approval.theUsers()
        + " and is being done right now. The outcome follows by itself; don't call it again.";
  }

  /** The tool's result when the call is none. */
  static String notStarted(String message) {
    return "\""
        + message
        + "\" couldn't be begun; nothing was done. The user can ask for it again.";
  }

  /** The tool's result when there is such a call already, of which this history knows nothing. */
  static String startedBefore(String message) {
    return "\""
        + message
        + "\" was begun before: list_requests says how it stands. Nothing was begun now.";
  }

  /** The end of a call that couldn't tell it; what it did until then is in its state. */
  static CallEnded stopped(FrozenCall call) {
    String message = call.message();
    String stopped = "\"" + message + "\" was stopped from outside. ";
    return new CallEnded(
        call.id(),
        call.tool(),
        call.arguments(),
        message,
        CallStatus.OUTCOME_UNKNOWN,
        stopped
            + "It may have been done before: list_requests says what is certain. The user should look"
            + " at its status before they ask again.",
        stopped + "It may have been done before; please look at its status before you ask again.",
        null);
  }

  /**
   * The answer of a turn: what was begun or ended in it, which the model can't say otherwise, then
   * the model's words.
   *
   * @param words null: there are none
   */
  static String answer(@Nullable String words, TurnEffects effects) {
    if (words == null) {
      return modelSaidNothing(effects);
    }
    if (effects.isNothingDone()) {
      if (!effects.refusals().isEmpty()) {
        return followed(String.join(" ", effects.refusals()), words);
      }
      return Claims.isIn(words)
          ? followed("(Nothing new was started, done or cancelled in this answer.)", words)
          : words;
    }
    String done = done(effects);
    return effects.hasEndedWell() || effects.hasLooked()
        ? followed(done, words)
        : followedByNoClaim(done, words);
  }

  /** What a call's outcome is, then the model's words. */
  static String outcome(CallEnded ended, @Nullable String words) {
    String outcome = named(ended);
    return ended.status() == CallStatus.DONE
        ? followed(outcome, words)
        : followedByNoClaim(outcome, words);
  }

  /** An outcome and what it is of. */
  static String named(CallEnded ended) {
    String name = quoted(List.of(ended.message()));
    return ended.sentence().startsWith(name) ? ended.sentence() : name + ": " + ended.sentence();
  }

  private static String followedByNoClaim(String sentence, @Nullable String words) {
    return followed(sentence, words == null ? null : Claims.leftOut(words));
  }

  private static String followed(String sentence, @Nullable String words) {
    return words == null || words.strip().equals(sentence) ? sentence : sentence + "\n\n" + words;
  }

  /** The answer of a turn in which the model gave up after it had answered before. */
  static String modelGaveUpMeanwhile(Answer.None none, TurnEffects effects) {
    return effects.isNone()
        ? nothingStarted(none)
        : done(effects)
            + (effects.isNothingDone() ? " Nothing was started: " : " Nothing else was started: ")
            + because(none);
  }

  private static String because(Answer.None none) {
    return switch (none.trouble()) {
      case AWAY -> "the model can't be reached any more.";
      case NO_TOOL_PARSER ->
          "the model's server passed on a call as text, for its operator to look at.";
      case NOT_SET_UP, UNREADABLE ->
          "the model's server didn't take what came of it, which its operator must look at.";
      case NO_QUOTA -> "the account at the model's provider is used up.";
      case BUSY -> "the model's provider takes no more requests for now.";
      case TOO_LONG -> "it has become too long for the model.";
      case REFUSED -> "the model's provider refused to go on.";
      case BUDGET_SPENT -> "you have used up " + BUDGET + goesOn(none) + ".";
      case BUDGET_TAKEN -> "your other messages may use up what is left of " + BUDGET + ".";
    };
  }

  /** What is told before the model's words, of what a turn has done so far; null: nothing. */
  static @Nullable String head(TurnEffects effects) {
    return effects.isNone() ? null : done(effects);
  }

  /**
   * The answer of a turn whose user wanted no more of it.
   *
   * @param words what had come by then; null: nothing
   */
  static String stoppedByTheUser(@Nullable String words, TurnEffects effects) {
    String end =
        effects.isNothingDone()
            ? "(You stopped this answer; nothing was started.)"
            : "(You stopped this answer; nothing else was started.)";
    return Stream.of(head(effects), words == null ? null : Claims.leftOut(words), end)
        .filter(Objects::nonNull)
        .collect(joining("\n\n"));
  }

  /** The answer of a turn in which the model was asked as often as the settings allow. */
  static String roundsAreOver(TurnEffects effects) {
    return effects.isNone()
        ? "I had no answer after many steps, or after a long time, and stopped; nothing was started."
            + " Please say once more what you want."
        : done(effects)
            + " I stopped there, after many steps or a long time: anything else was not started."
            + " Please say if something is missing.";
  }

  /** The answer of a turn in which the model gave up. */
  static String modelGaveUp(Answer.None none, TurnEffects effects) {
    return effects.isNone() ? nothingStarted(none) : done(effects);
  }

  private static String nothingStarted(Answer.None none) {
    return switch (none.trouble()) {
      case AWAY -> "The model can't be reached; nothing was started, please send it again.";
      case NOT_SET_UP ->
          "The assistant is not set up correctly: its operator must check the model's API key, name"
              + " and address. Nothing was started.";
      case NO_QUOTA ->
          "The assistant's account at the model's provider is used up: its operator must look after"
              + " it. Nothing was started.";
      case TOO_LONG ->
          "That is too long for the model; nothing was started. Please say it in fewer words, or"
              + " start a new conversation.";
      case REFUSED ->
          "The model's provider refused to answer that; nothing was started. Please say it in other"
              + " words.";
      case BUSY ->
          "The model's provider takes no more requests for now; nothing was started, please send it"
              + " again later.";
      case UNREADABLE ->
          "The model's server gives no answer that can be read: its operator must check its address."
              + " Nothing was started.";
      case NO_TOOL_PARSER ->
          "The assistant wanted to use a tool, but its server doesn't understand the model's calls:"
              + " the operator must switch on its tool parser. Nothing was started.";
      case BUDGET_SPENT ->
          "You have used up " + BUDGET + "; nothing was started" + goesOn(none) + ".";
      case BUDGET_TAKEN ->
          "Your other messages are being answered, which may use up what is left of "
              + BUDGET
              + "; nothing was started. Please send it again when they are.";
    };
  }

  private static String goesOn(Answer.None none) {
    return none.until() == null
        ? ""
        : ". It goes on " + Waiting.until(none.until(), WorkflowTime.now());
  }

  /** The answer of a turn in which the model called tools again and again. */
  static String tooManyRounds(TurnEffects effects) {
    return effects.isNone()
        ? "I tried several times and did not get it right; nothing was started. Please say once"
            + " more what you want."
        : done(effects);
  }

  /** The answer of a turn in which the model said nothing. */
  static String modelSaidNothing(TurnEffects effects) {
    return effects.isNone()
        ? "I have no answer to that; nothing was started. Please say it in other words."
        : done(effects);
  }

  private static String done(TurnEffects effects) {
    List<String> sentences = new ArrayList<>(effects.rejections());
    if (!effects.asked().isEmpty()) {
      sentences.add("Your approval is needed: " + quoted(effects.asked()) + ".");
    }
    sentences.addAll(effects.outcomes());
    if (!effects.begun().isEmpty()) {
      sentences.add("I have begun " + quoted(effects.begun()) + ", which needs no approval.");
    }
    if (!effects.begunAsBefore().isEmpty()) {
      sentences.add(
          "I have begun "
              + quoted(effects.begunAsBefore())
              + ", which your earlier approval covers.");
    }
    if (!effects.cancelled().isEmpty()) {
      sentences.add(
          "I have cancelled "
              + quoted(effects.cancelled())
              + ". If your phone still asks, an answer there changes nothing.");
    }
    return String.join(" ", sentences);
  }

  private static String quoted(List<String> messages) {
    return messages.stream().collect(joining("\" and \"", "\"", "\""));
  }
}
