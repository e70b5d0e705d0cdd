package dev.countersign.app.chat.model;

import dev.countersign.app.chat.model.wire.ModelUnreachableException;
import dev.countersign.app.chat.model.wire.UnreadableAnswerException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.util.Set;

/** What was the matter with a call of the model that failed. */
enum ModelFault {
  /** What answers is no model's server. */
  NO_MODEL_SERVER(ModelTrouble.UNREADABLE),
  /** Nobody got the request. */
  UNREACHABLE(ModelTrouble.AWAY),
  /** The server can't now, or didn't answer. */
  PASSING(ModelTrouble.AWAY),
  /** The API key is refused. */
  KEY_REFUSED(ModelTrouble.NOT_SET_UP),
  /** There is no such model, or no such address. */
  NO_SUCH_MODEL(ModelTrouble.NOT_SET_UP),
  /** The account is used up. */
  NO_QUOTA(ModelTrouble.NO_QUOTA),
  /** The model's calls came as text. */
  CALLS_AS_TEXT(ModelTrouble.NO_TOOL_PARSER),
  /** The server isn't set up for tools, or the model can't call any. */
  NO_TOOLS(ModelTrouble.NO_TOOL_PARSER),
  /** The model has made a mistake in a call, which its server doesn't pass on. */
  CALL_SPOILT(ModelTrouble.UNREADABLE),
  /** It was given more than it can read. */
  TOO_LONG(ModelTrouble.TOO_LONG),
  /** The provider won't answer that. */
  REFUSED(ModelTrouble.REFUSED),
  /** The server doesn't take such a request. */
  NOT_TAKEN(ModelTrouble.NOT_SET_UP);

  private static final int PAYMENT_REQUIRED = 402;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;
  private static final int REDIRECTS = 3;
  private static final int SERVER_ERRORS = 5;
  private static final int HUNDRED = 100;

  /** Of gateways and crowded servers: they say nothing of the request. */
  private static final Set<Integer> PASSING_STATUSES = Set.of(409, 424, 425, 498, 499);

  private final ModelTrouble trouble;

  ModelFault(ModelTrouble trouble) {
    this.trouble = trouble;
  }

  /** What the conversation is told of it. */
  ModelTrouble trouble() {
    return trouble;
  }

  /**
   * That of an exception.
   *
   * @param words of the exception
   */
  static ModelFault of(RuntimeException e, ServerWords words) {
    int status = words.status();
    return switch (e) {
      case UnreadableAnswerException _ -> NO_MODEL_SERVER;
      case ToolMarkupException _ -> CALLS_AS_TEXT;
      case ModelUnreachableException _, UnresolvedModelServerException _ -> UNREACHABLE;
      case RuntimeException _ when status / HUNDRED == SERVER_ERRORS && words.sayAwayBehind() ->
          UNREACHABLE;
      case RuntimeException _ when PASSING_STATUSES.contains(status) || words.sayLimitOfTime() ->
          PASSING;
      case RuntimeException _ when isOfTheKey(e, words) -> KEY_REFUSED;
      case ModelNotFoundException _ -> NO_SUCH_MODEL;
      case RuntimeException _ when status == PAYMENT_REQUIRED || words.sayNoQuota() -> NO_QUOTA;
      case ContentFilteredException _ -> REFUSED;
      case RuntimeException _ when words.sayNoTools() -> NO_TOOLS;
      case RuntimeException _ when words.sayCallSpoilt() -> CALL_SPOILT;
      case RuntimeException _ when status == CONTENT_TOO_LARGE || isOfTheLength(e, words) ->
          TOO_LONG;
      case NonRetriableException _ when words.sayRefused() -> REFUSED;
      case RuntimeException _ when isFinal(e, words) -> NOT_TAKEN;
      default -> PASSING;
    };
  }

  private static boolean isOfTheKey(RuntimeException e, ServerWords words) {
    return words.sayKeyRefused()
        || (e instanceof AuthenticationException
            && !words.sayNoQuota()
            && !words.sayRefused()
            && !words.sayTooLong());
  }

  private static boolean isOfTheLength(RuntimeException e, ServerWords words) {
    return (e instanceof NonRetriableException || words.status() == SERVER_ERROR)
        && words.sayTooLong();
  }

  private static boolean isFinal(RuntimeException e, ServerWords words) {
    return e instanceof NonRetriableException
        || words.status() / HUNDRED == REDIRECTS
        || (words.status() == SERVER_ERROR && words.sayTemplate());
  }
}
