package dev.countersign.guard;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An approval that covers later calls that are equal.
 *
 * @param callId of the call that was approved; names the approval too
 * @param tool the tool's name
 * @param message what the user's device had shown
 * @param conversation the only one in which it covers calls; null: in all of the user's
 * @param mayDiffer names of the arguments that may differ; all others must be equal
 * @param approvedAt when the user's yes arrived
 * @param expiresAt when it ends by itself
 */
public record RememberedApproval(
    String callId,
    String tool,
    String message,
    @Nullable String conversation,
    List<String> mayDiffer,
    Instant approvedAt,
    Instant expiresAt) {
  public RememberedApproval {
    mayDiffer = List.copyOf(mayDiffer);
  }
}
