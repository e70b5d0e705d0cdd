package dev.countersign.devservices.loopback;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One way for a server to misbehave. As JSON the member {@code type} names it: {@code
 * {"type":"answer","status":503}}, {@code {"type":"hold-after","atMost":"PT20S"}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fault.Answer.class, name = "answer"),
  @JsonSubTypes.Type(value = Fault.HoldBefore.class, name = "hold-before"),
  @JsonSubTypes.Type(value = Fault.HoldAfter.class, name = "hold-after"),
  @JsonSubTypes.Type(value = Fault.Reset.class, name = "reset"),
  @JsonSubTypes.Type(value = Fault.LoseAnswer.class, name = "lose-answer"),
  @JsonSubTypes.Type(value = Fault.NoAnswer.class, name = "no-answer"),
  @JsonSubTypes.Type(value = Fault.AnswerAfter.class, name = "answer-after"),
  @JsonSubTypes.Type(value = Fault.Truncate.class, name = "truncate"),
  @JsonSubTypes.Type(value = Fault.Mislabel.class, name = "mislabel")
})
public sealed interface Fault {

  /**
   * Answers at once and doesn't process the request.
   *
   * @param status HTTP status
   * @param body empty if null
   * @param headers such as {@code Retry-After}; none if null
   */
  record Answer(int status, String body, Map<String, String> headers) implements Fault {
    public Answer(int status, @Nullable String body, @Nullable Map<String, String> headers) {
      this.status = status;
      this.body = Objects.requireNonNullElse(body, "");
      this.headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    public Answer(int status) {
      this(status, null, null);
    }
  }

  /**
   * Waits, then processes and answers.
   *
   * @param atMost ends earlier by {@link Faults#clear()}
   */
  record HoldBefore(Duration atMost) implements Fault {}

  /**
   * Processes, then waits with the answer.
   *
   * @param atMost ends earlier by {@link Faults#clear()}
   */
  record HoldAfter(Duration atMost) implements Fault {}

  /** Closes the connection without processing the request. */
  record Reset() implements Fault {}

  /** Processes the request, then closes the connection in place of the answer. */
  record LoseAnswer() implements Fault {}

  /**
   * Says nothing and doesn't process the request, then closes the connection.
   *
   * @param atMost ends earlier by {@link Faults#clear()}
   */
  record NoAnswer(Duration atMost) implements Fault {}

  /** Processes the request, then gives this answer in place of its own. */
  record AnswerAfter(Answer answer) implements Fault {}

  /** Processes, then sends half of the answer's body and closes the connection. */
  record Truncate() implements Fault {}

  /**
   * Processes, then answers under another content type.
   *
   * @param contentType such as {@code text/plain}
   */
  record Mislabel(String contentType) implements Fault {}
}
