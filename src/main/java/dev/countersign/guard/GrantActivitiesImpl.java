package dev.countersign.guard;

import dev.countersign.approval.TokenEnd;
import dev.countersign.approval.TokenOwner;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.UnknownKeyException;
import dev.countersign.vault.Vault;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals the token of a call for what its approval is remembered for, and for nothing else. */
public final class GrantActivitiesImpl implements GrantActivities {
  private static final Logger log = LoggerFactory.getLogger(GrantActivitiesImpl.class);

  /** Many of them go into one payload. */
  private static final int LONGEST_TOKEN = 16_384;

  private final Freezer freezer;
  private final Vault tokens;
  private final GrantSeals seals;
  private final RememberedApprovals remembered;
  private final InstantSource clock;

  /**
   * Remembers approvals.
   *
   * @param clock the Temporal server's
   */
  public GrantActivitiesImpl(
      Freezer freezer, Vault vault, RememberedApprovals remembered, InstantSource clock) {
    this.freezer = freezer;
    this.tokens = vault.forPurpose(Purpose.TOKENS);
    this.seals = new GrantSeals(vault);
    this.remembered = remembered;
    this.clock = clock;
  }

  @Override
  public void remember(ApprovedCallDone done) {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    String workflowId = Objects.requireNonNull(info.getWorkflowId());
    String runId = Objects.requireNonNull(info.getWorkflowRunId());
    Snapshot snapshot;
    String token;
    try {
      snapshot = freezer.check(done.call(), workflowId);
      token = tokens.open(done.token(), TokenOwner.of(workflowId, runId, done.call().request()));
    } catch (UnknownKeyException e) { // another process may have it
      throw e;
    } catch (SealBrokenException e) {
      AuditEntry.of(AuditEvent.SEAL_BROKEN).call(workflowId).outcome("remembered").write();
      throw ApplicationFailure.newNonRetryableFailure(
          String.valueOf(e.getMessage()), "NotRemembered");
    }
    GrantTerms terms = snapshot.remember();
    if (terms == null || snapshot.authorizationDetails() != null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "It was not frozen to be remembered", "NotRemembered");
    }
    if (token.length() > LONGEST_TOKEN) {
      log.warn("The approval of {} is not remembered: its token is too long", workflowId);
      return;
    }
    CoveredBy approval = approval(workflowId, terms, done);
    if (TokenEnd.hasCome(approval.expiresAt(), clock.instant())) {
      return;
    }
    remembered.remember(
        snapshot.userID(),
        new UserGrantsWorkflow.Grant(
            workflowId,
            snapshot.tool(),
            snapshot.message(),
            terms.conversation(),
            terms.any(),
            terms.likeness(),
            terms.askedAt(),
            approval.approvedAt(),
            approval.expiresAt(),
            seals.seal(token, terms.likeness(), approval)));
  }

  /** Nobody can have been approved later than now, whatever the history says. */
  private CoveredBy approval(String callId, GrantTerms terms, ApprovedCallDone done) {
    Instant approvedAt = earlier(done.approvedAt(), clock.instant());
    Instant end = earlier(approvedAt.plus(terms.longest()), done.tokenExpiresAt());
    return new CoveredBy(
        callId, approvedAt.truncatedTo(ChronoUnit.MILLIS), end.truncatedTo(ChronoUnit.MILLIS));
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
