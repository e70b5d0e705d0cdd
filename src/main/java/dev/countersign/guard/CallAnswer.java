package dev.countersign.guard;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What whoever made a call learns of it once they wait no longer. */
public sealed interface CallAnswer {
  /** Names the call in {@link GuardedCalls}. */
  String callId();

  /** How it stands, to a model, with what the model should do. */
  String words();

  /** The same to the user. */
  String sentence();

  /** The method has returned. */
  record Done(CallState state) implements CallAnswer {
    @Override
    public String callId() {
      return state.id();
    }

    /** The method's value, where there is one, and why its user was not asked again. */
    @Override
    public String words() {
      CoveredBy approval = state.coveredBy();
      return approval == null ? result() : CoveredBy.afterResult(result(), approval.theUsers());
    }

    @Override
    public String sentence() {
      CoveredBy approval = state.coveredBy();
      return approval == null ? result() : CoveredBy.afterResult(result(), approval.yours());
    }

    private String result() {
      return state.result() == null
          ? "This is done: \"" + state.message() + "\"."
          : ResultText.of(state.result());
    }
  }

  /**
   * It goes on by itself.
   *
   * @param state null: how far it is can't be known right now
   */
  record Pending(String callId, @Nullable CallState state) implements CallAnswer {
    @Override
    public String words() {
      if (state == null) {
        return "Right now nobody knows how far this is. It goes on by itself, and the user is asked"
            + " to approve it on their device if it needs that; don't call it again.";
      }
      if (isOverdue(state)) {
        return overdue(state) + " Tell the user so, and don't call it again unless they want it.";
      }
      if (state.runsAtOnce()) {
        CoveredBy approval = state.coveredBy();
        String unasked =
            approval == null
                ? withoutApproval(state)
                : covered(state, approval.theUsers(), "the user is asked on their device");
        return unasked + "; don't call it again.";
      }
      if (CallState.IN_LINE.equals(state.code())) {
        return "The user has too many open questions to be asked right now. They are asked \""
            + state.message()
            + "\" when one of them is answered; it has not been done, and goes on by itself. Tell"
            + " them so, and don't call it again.";
      }
      return switch (state.status()) {
        case RUNNING ->
            "The user has approved \""
                + state.message()
                + "\", and it is being done right now; don't call it again.";
        case AWAITING_APPROVAL ->
            "The user has been asked to approve this on their device: \""
                + state.message()
                + "\". It has not been done; it will be done once they approve, without another"
                + " call.";
        default ->
            "The user is being asked to approve this on their device: \""
                + state.message()
                + "\". It has not been done; it will be done once they approve, without another"
                + " call.";
      };
    }

    @Override
    public String sentence() {
      if (state == null) {
        return "Right now nobody knows how far this is. It goes on by itself, and you are asked to"
            + " approve it on your device if it needs that.";
      }
      if (isOverdue(state)) {
        return overdue(state);
      }
      if (state.runsAtOnce()) {
        CoveredBy approval = state.coveredBy();
        return approval == null
            ? withoutApproval(state) + "."
            : covered(state, approval.yours(), "you are asked on your device") + ".";
      }
      if (CallState.IN_LINE.equals(state.code())) {
        return state.reason() + " It is about \"" + state.message() + "\".";
      }
      return state.status() == CallStatus.RUNNING
          ? "You have approved \"" + state.message() + "\", and it is being done right now."
          : "You are asked to approve this on your device: \""
              + state.message()
              + "\". Nothing is done before you do.";
    }

    /** Whether nobody says what became of it, so that nothing can be promised. */
    private static boolean isOverdue(CallState state) {
      return CallState.NO_ANSWER.equals(state.code());
    }

    private static String overdue(CallState state) {
      return state.reason() + " It is about \"" + state.message() + "\".";
    }

    private static String withoutApproval(CallState state) {
      return (state.status() == CallStatus.RUNNING
              ? "This is being done right now, and needs no approval: \""
              : "This needs no approval, and goes on by itself: \"")
          + state.message()
          + "\"";
    }

    /** Whether an approval still covers it is certain only while it runs. */
    private static String covered(CallState state, String approval, String orElse) {
      return state.status() == CallStatus.RUNNING
          ? "This is being done right now, covered by " + approval + ": \"" + state.message() + "\""
          : "This goes on by itself: \""
              + state.message()
              + "\". If "
              + approval
              + " covers it, it is done without another question, or else "
              + orElse;
    }
  }

  /** It has ended otherwise: it was not done, or nobody knows. */
  record NotDone(CallState state) implements CallAnswer {
    @Override
    public String callId() {
      return state.id();
    }

    @Override
    public String words() {
      return Objects.requireNonNullElseGet(state.toolResult(), this::sentence);
    }

    @Override
    public String sentence() {
      return Objects.requireNonNullElseGet(
          state.reason(), () -> "\"" + state.message() + "\" ended as " + state.status() + ".");
    }
  }
}
