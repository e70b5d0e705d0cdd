package dev.countersign.app.call;

import dev.countersign.guard.RememberedApproval;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An approval that covers later calls, as the API shows it. Times are ISO-8601 in UTC.
 *
 * @param id the id of the call that was approved
 * @param tool the tool's name
 * @param message what the user's phone had shown
 * @param conversationId the only conversation in which it covers calls; null: in all
 * @param mayDiffer names of the arguments that may differ; all others must be equal
 * @param approvedAt when the user's yes arrived
 * @param expiresAt when it ends by itself
 */
record GrantView(
    String id,
    String tool,
    String message,
    @Nullable String conversationId,
    List<String> mayDiffer,
    Instant approvedAt,
    Instant expiresAt) {

  static GrantView of(RememberedApproval approval) {
    return new GrantView(
        approval.callId(),
        approval.tool(),
        approval.message(),
        approval.conversation(),
        approval.mayDiffer(),
        approval.approvedAt(),
        approval.expiresAt());
  }
}
