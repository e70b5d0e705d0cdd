package dev.countersign.guard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls that a model wants, and says in words what came of each. */
public final class ModelCalls {
  private static final Logger log = LoggerFactory.getLogger(ModelCalls.class);

  private final GuardedCalls calls;
  private final ApproverResolver approvers;

  /**
   * Makes calls.
   *
   * @param approvers names in whose name
   */
  public ModelCalls(GuardedCalls calls, ApproverResolver approvers) {
    this.calls = calls;
    this.approvers = approvers;
  }

  /** The same calls in the name of whom this names. */
  public ModelCalls asking(ApproverResolver approvers) {
    return new ModelCalls(calls, approvers);
  }

  /** Whom the words are for. */
  public enum Reader {
    /** They may say what to do next. */
    MODEL,
    /** They are shown as they are. */
    USER
  }

  /**
   * What came of a call.
   *
   * @param words for their reader
   * @param answer null: it wasn't made, or nobody knows
   */
  public record Outcome(String words, @Nullable CallAnswer answer) {

    /** Whether it has neither been done nor goes on, as far as is known. */
    public boolean isError() {
      return answer == null || answer instanceof CallAnswer.NotDone;
    }
  }

  /**
   * Makes a call, and waits for its end as long as callers of the tool do. Never throws: what is
   * wrong is said in words.
   *
   * @param key names the call among those of the user and the tool; empty: an equal one that pends
   *     is the same
   * @param json the arguments as the model wrote them; null or blank where it names none
   * @param conversation the one in which it is made, among those of the user; null: in none that is
   *     known here
   */
  public Outcome call(
      String tool,
      Optional<String> key,
      @Nullable String json,
      @Nullable String conversation,
      Reader reader) {
    String id;
    try {
      id = start(tool, caller(conversation), key, json == null || json.isBlank() ? "{}" : json);
    } catch (CallNotDoneException | KeyUsedException e) {
      return notMade(String.valueOf(e.getMessage()));
    } catch (InvalidArgumentsException e) {
      return notMade(
          reader == Reader.USER
              ? String.valueOf(e.getMessage())
              : e.getMessage() + "\nCall the tool again with valid arguments, or ask.");
    } catch (IllegalArgumentException e) {
      return notMade("Nothing was done. " + e.getMessage());
    } catch (RuntimeException e) {
      log.warn("Nobody knows right now whether a call of {} began", tool, e);
      return notMade(
          reader == Reader.USER
              ? "It can't be known right now whether you are going to be asked to approve this on"
                  + " your device."
              : "It can't be known right now whether the user is going to be asked to approve this"
                  + " on their device. Tell them so, and don't call it again unless they want it.");
    }
    CallAnswer answer = calls.answer(tool, id);
    return new Outcome(reader == Reader.USER ? answer.sentence() : answer.words(), answer);
  }

  private static Outcome notMade(String words) {
    return new Outcome(words, null);
  }

  private CallUser caller(@Nullable String conversation) {
    CallUser user = approvers.required();
    return conversation == null ? user : user.in(conversation);
  }

  private String start(String tool, CallUser user, Optional<String> key, String json) {
    @Nullable Object[] arguments = calls.arguments(tool, json);
    return key.isPresent()
        ? calls.startOnce(user, key.get(), tool, arguments).id()
        : calls.start(user, tool, arguments);
  }
}
