package dev.countersign.guard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What has become of a call, for {@link CallListener}s. News that are told again equal those that
 * were told before. They inform, and prove nothing: whoever may write to Temporal can make some up.
 * The names on the wire live in workflow histories: never change one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "news")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CallNews.Asked.class, name = "asked"),
  @JsonSubTypes.Type(value = CallNews.AskedAgain.class, name = "askedAgain"),
  @JsonSubTypes.Type(value = CallNews.Decided.class, name = "decided"),
  @JsonSubTypes.Type(value = CallNews.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = CallNews.Settled.class, name = "settled")
})
public sealed interface CallNews {

  /** The {@code sub} of the user who is asked. */
  String user();

  /** Where the call stood then. */
  CallState call();

  /** The user's device shows the question. */
  record Asked(String user, CallState call) implements CallNews {}

  /** The user's device shows the question once more; why is the call's reason. */
  record AskedAgain(String user, CallState call) implements CallNews {}

  /**
   * The user has said yes or no; told each time, should the user be asked again after a yes.
   *
   * @param approved whether it was a yes: the method is about to be run
   */
  record Decided(String user, CallState call, boolean approved) implements CallNews {}

  /** The call has ended, as its status says; an unknown outcome may be settled yet. */
  record Ended(String user, CallState call) implements CallNews {}

  /** An operator has found out what came of a call that had ended with an unknown outcome. */
  record Settled(String user, CallState call) implements CallNews {}
}
