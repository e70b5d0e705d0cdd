package dev.countersign.guard;

import dev.countersign.approval.ApprovalRequest;
import dev.countersign.approval.Approver;
import dev.countersign.approval.ReAsk;
import dev.countersign.approval.RequestSeal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of one call, decided and frozen before it begins: what is asked, what runs, and what the
 * token is sealed for are this one value. Lives in histories: new components must be nullable.
 *
 * @param id the workflow id
 * @param tool the tool's name
 * @param fingerprint of the method that the arguments were frozen for
 * @param arguments {@link FrozenArguments}, JSON
 * @param userID the {@code sub} of the user who is asked
 * @param approver how the provider knows the user
 * @param message what the user's device shows
 * @param authorizationDetails a JSON array (RFC 9396); null: none
 * @param scopes of the token that an approval yields, {@code openid} among them
 * @param audience the API that the token is for; null: the provider's default
 * @param acrValues how strongly the user should authenticate; null: not said
 * @param requestedExpiry how long the user should have for the answer, whole seconds
 * @param reAsk null: the user is not asked again after an expiry
 * @param run how the method is run
 * @param startedBy id of the {@link CallingWorkflow} that is told what becomes of it; null: nobody
 * @param endReturned whether the workflow that this is a child of takes the value that the call
 *     returns for how it ended, and is told by signal only if it can't; null: always by signal
 * @param runShown whether lists show that the method runs once it has to be tried again; null: they
 *     show where the call stood before
 * @param unaskedUntil nobody is asked, and the method is run without a token, if it is begun by
 *     then: a policy has decided so; null: the user is asked
 * @param remember how the approval may be remembered, and which remembered one covers this call;
 *     null: not, and none
 */
public record Snapshot(
    String id,
    String tool,
    String fingerprint,
    String arguments,
    String userID,
    @Nullable Approver approver,
    String message,
    @Nullable String authorizationDetails,
    List<String> scopes,
    @Nullable String audience,
    @Nullable List<String> acrValues,
    Duration requestedExpiry,
    @Nullable ReAsk reAsk,
    RunTerms run,
    @Nullable String startedBy,
    @Nullable Boolean endReturned,
    @Nullable Boolean runShown,
    @Nullable Instant unaskedUntil,
    @Nullable GrantTerms remember) {

  /** Whether it runs without anybody being asked. */
  boolean isUnasked() {
    return unaskedUntil != null;
  }

  /** Whether it runs without anybody being asked, or under an earlier approval. */
  boolean runsAtOnce() {
    return isUnasked() || coveredBy() != null;
  }

  /** The approval under which it runs without its user being asked; null: they are asked. */
  @Nullable CoveredBy coveredBy() {
    return remember == null ? null : remember.coveredBy();
  }

  /**
   * What the user is asked.
   *
   * @param seal null: not made yet
   */
  ApprovalRequest approval(@Nullable RequestSeal seal) {
    return new ApprovalRequest(
        userID,
        message,
        scopes,
        audience,
        authorizationDetails,
        requestedExpiry,
        approver,
        acrValues,
        reAsk,
        seal);
  }
}
