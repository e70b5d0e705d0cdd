package dev.countersign.app.call;

import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.CoveredBy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call of a guarded tool as the API shows it. Times are ISO-8601 in UTC.
 *
 * @param id the workflow id
 * @param tool the tool's name
 * @param conversationId the conversation in which it was asked for; null: in none
 * @param message what the user's phone shows
 * @param arguments with their names, in the order of the tool's parameters; decimals are texts
 * @param expiresAt until when the user can approve; null: not asked yet, or that time is over and
 *     nobody says what became of it
 * @param decidedAt when the user's decision arrived; null: none yet
 * @param doneAt when it was done, or that became known; null: neither
 * @param endedAt when the call ended, or its unknown outcome was settled; null: it has not
 * @param result what the tool has returned; null: it isn't done, or returns nothing that can be
 *     kept
 * @param reason why it isn't done, why the user is asked once more, how it became known that it was
 *     done, or that nobody says what became of it, a sentence for the user; null: nothing is to be
 *     told
 * @param code why it isn't done (yet), for programs; stays the same where sentences change. While
 *     the user decides {@code authorization_pending}; when their time is over, and nobody says what
 *     became of it, {@code no_answer}; at the end one of {@link
 *     dev.countersign.approval.ApprovalError}, or {@code cancelled}, {@code refused}, {@code
 *     not_done}, {@code outcome_unknown}, {@code settled_as_not_done}, {@code approval_ended},
 *     {@code stopped} (from outside, by the operator); null: nothing is to be told
 * @param unasked whether it needs nobody's approval
 * @param coveredBy the earlier approval that covers it, so that its user isn't asked; null: none
 * @param version rises with every change of what is shown here; null: not known
 */
public record CallView(
    String id,
    String tool,
    @Nullable String conversationId,
    String message,
    Map<String, @Nullable Object> arguments,
    CallStatus status,
    Instant requestedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant decidedAt,
    @Nullable Instant doneAt,
    @Nullable Instant endedAt,
    @Nullable Object result,
    @Nullable String reason,
    @Nullable String code,
    boolean unasked,
    @Nullable CoveredBy coveredBy,
    @Nullable Integer version) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A call as it stands.
   *
   * @param parameters those of the tool, in the order in which their arguments are shown; an
   *     argument that is not among them comes last
   */
  static CallView of(CallState call, List<String> parameters) {
    return new CallView(
        call.id(),
        call.tool(),
        call.startedBy(),
        call.message(),
        inOrder(JSON.readValue(call.arguments(), new TypeReference<>() {}), parameters),
        call.status(),
        call.requestedAt(),
        call.expiresAt(),
        call.decidedAt(),
        call.doneAt(),
        call.endedAt(),
        call.result() == null ? null : JSON.readValue(call.result(), Object.class),
        call.reason(),
        call.code(),
        call.isUnasked(),
        call.coveredBy(),
        call.version());
  }

  private static Map<String, @Nullable Object> inOrder(
      Map<String, @Nullable Object> arguments, List<String> parameters) {
    Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
    parameters.stream()
        .filter(arguments::containsKey)
        .forEach(name -> ordered.put(name, arguments.get(name)));
    arguments.forEach(ordered::putIfAbsent);
    return ordered;
  }
}
