package dev.countersign.guard;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.client.Deadlines;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.UserWorkflows;
import dev.countersign.guard.UserGrantsWorkflow.Forgetting;
import dev.countersign.guard.UserGrantsWorkflow.Grant;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.UnknownKeyException;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The approvals of users that cover later, equal calls for a while ({@link
 * RequiresApproval#remember}). To be ended when a user signs out.
 */
public final class RememberedApprovals {
  private static final Logger log = LoggerFactory.getLogger(RememberedApprovals.class);

  /** Who gets no answer asks the user, which is never wrong. */
  private static final Duration PATIENCE = OpenWorkflows.PATIENCE_FOR_MANY;

  private static final Duration FORGOTTEN_WITHIN = Duration.ofSeconds(10);

  private final WorkflowClient client;
  private final OpenWorkflows open;
  private final UserWorkflows workflows;
  private final ToolRegistry tools;
  private final Supplier<UserDigest> digests;
  private final GrantSeals seals;
  private final InstantSource clock;

  /**
   * Those of this application.
   *
   * @param tools say whether anything may be remembered at all
   * @param digests asked when it is needed
   * @param clock the Temporal server's
   */
  public RememberedApprovals(
      WorkflowClient client,
      TaskQueues taskQueues,
      ToolRegistry tools,
      Supplier<UserDigest> digests,
      Freezer freezer,
      InstantSource clock) {
    this.client = client;
    this.open = new OpenWorkflows(client);
    this.workflows =
        new UserWorkflows(
            client,
            taskQueues,
            ApprovalAttributes.USER_ID,
            new UserWorkflows.Kind(
                UserGrantsWorkflow.TYPE,
                "grants",
                "Approvals of one user that cover equal calls for a while",
                null));
    this.tools = tools;
    this.digests = digests;
    this.seals = new GrantSeals(freezer.vault());
    this.clock = clock;
  }

  /**
   * A user's, oldest first.
   *
   * @param sub the user's
   * @throws RuntimeException if nobody can say so right now
   */
  public List<RememberedApproval> of(String sub) {
    return switch (open.ask(workflowId(sub), "grants", Grant[].class, PATIENCE)) {
      case OpenWorkflows.Answer.Given<Grant[]>(var grants) ->
          grants == null
              ? List.of()
              : Arrays.stream(grants)
                  .filter(grant -> grant.expiresAt().isAfter(clock.instant()))
                  .map(RememberedApprovals::shown)
                  .toList();
      case OpenWorkflows.Answer.Ended<Grant[]>(), OpenWorkflows.Answer.NotThere<Grant[]>() ->
          List.of();
      case OpenWorkflows.Answer.None<Grant[]>(var reason) -> throw reason;
    };
  }

  private static RememberedApproval shown(Grant grant) {
    return new RememberedApproval(
        grant.callId(),
        grant.tool(),
        grant.message(),
        grant.conversation(),
        grant.any(),
        grant.approvedAt(),
        grant.expiresAt());
  }

  /**
   * Forgets all of a user's: they have signed out, say. Approvals of calls that they were asked for
   * before this aren't remembered either. When this returns, no call is covered any more, but for
   * those whose method runs.
   *
   * @param sub the user's
   * @throws RuntimeException if Temporal can't be told; they end by time then
   */
  public void forget(String sub) {
    forget(sub, new Forgetting(null, null));
  }

  /**
   * Forgets one of a user's, so that they are asked again for such calls.
   *
   * @param sub the user's
   * @param callId names it
   * @return whether they had one of that name
   * @throws RuntimeException if nobody can say so right now
   */
  public boolean forget(String sub, String callId) {
    if (of(sub).stream().noneMatch(approval -> approval.callId().equals(callId))) {
      return false;
    }
    signal(client.newUntypedWorkflowStub(workflowId(sub)), new Forgetting(callId, null));
    return true;
  }

  /**
   * Forgets those of a user that are remembered in one conversation only, which is deleted, say.
   *
   * @param sub the user's
   * @param conversation as {@link CallUser#conversation} names it
   * @throws RuntimeException if Temporal can't be told; they end by time then
   */
  public void forgetConversation(String sub, String conversation) {
    forget(sub, new Forgetting(null, conversation));
  }

  /** Where tools may remember, it is kept that all was forgotten: calls may be under way. */
  private void forget(String sub, Forgetting what) {
    if (tools.mayRemember()) {
      Deadlines.within(
          FORGOTTEN_WITHIN,
          () -> {
            workflows.tell(digests.get().of(sub), "forget", what);
            return true;
          });
    } else {
      signal(client.newUntypedWorkflowStub(workflowId(sub)), what);
    }
  }

  private static void signal(WorkflowStub grants, Forgetting what) {
    try {
      Deadlines.within(
          FORGOTTEN_WITHIN,
          () -> {
            grants.signal("forget", what);
            return true;
          });
    } catch (WorkflowNotFoundException e) {
      log.debug("There is nothing to forget", e);
    }
  }

  /** Remembers one. */
  void remember(String sub, Grant grant) {
    workflows.tell(digests.get().of(sub), "remember", grant);
  }

  /**
   * The approval that covers such a call; empty: there is none, or nobody can say so in time.
   *
   * @param sub the user's
   */
  Optional<CoveredBy> covering(String sub, GrantTerms terms) {
    try {
      return grant(sub, terms)
          .filter(grant -> !terms.isOver(grant.coveredBy(), clock.instant()))
          .filter(grant -> isGenuine(grant, terms))
          .map(Grant::coveredBy);
    } catch (UnansweredException e) {
      log.warn("Nobody says whether an approval covers this call, so that its user is asked", e);
      return Optional.empty();
    }
  }

  /** Nobody else than who has the keys can have a call said to be approved. */
  private boolean isGenuine(Grant grant, GrantTerms terms) {
    try {
      seals.open(grant.token(), terms.likeness(), grant.coveredBy());
      return true;
    } catch (UnknownKeyException e) {
      log.warn("A remembered approval of {} can't be used: {}", grant.callId(), e.getMessage());
      return false;
    } catch (SealBrokenException e) {
      auditBroken(grant.callId());
      return false;
    }
  }

  /**
   * The token of the approval that covers a call; empty: it covers it no more.
   *
   * @param sub the user's
   * @param coveredBy as it was frozen
   * @throws UnansweredException if nobody can say so in time
   * @throws UnknownKeyException if this process lacks the key
   */
  Optional<String> token(String sub, GrantTerms terms, CoveredBy coveredBy) {
    if (terms.isOver(coveredBy, clock.instant())) {
      return Optional.empty();
    }
    try {
      return grant(sub, terms)
          .filter(grant -> grant.coveredBy().equals(coveredBy))
          .map(grant -> seals.open(grant.token(), terms.likeness(), coveredBy));
    } catch (UnknownKeyException e) {
      throw e;
    } catch (SealBrokenException e) {
      auditBroken(coveredBy.callId());
      return Optional.empty();
    }
  }

  private static void auditBroken(String callId) {
    AuditEntry.of(AuditEvent.SEAL_BROKEN).call(callId).outcome("remembered").write();
  }

  private Optional<Grant> grant(String sub, GrantTerms terms) {
    return switch (open.ask(workflowId(sub), "covering", Grant.class, PATIENCE, terms.likeness())) {
      case OpenWorkflows.Answer.Given<Grant>(var grant) -> Optional.ofNullable(grant);
      case OpenWorkflows.Answer.Ended<Grant>(), OpenWorkflows.Answer.NotThere<Grant>() ->
          Optional.empty();
      case OpenWorkflows.Answer.None<Grant>(var reason) -> throw new UnansweredException(reason);
    };
  }

  /** Nobody says what is remembered. */
  static final class UnansweredException extends RuntimeException {
    private UnansweredException(RuntimeException reason) {
      super("Right now nobody can say whether the earlier approval still covers it", reason);
    }
  }

  private String workflowId(String sub) {
    return workflows.id(digests.get().of(sub));
  }
}
