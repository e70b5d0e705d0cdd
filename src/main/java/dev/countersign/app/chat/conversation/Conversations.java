package dev.countersign.app.chat.conversation;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.LimitHits;
import dev.countersign.app.api.TooManyRequestsException;
import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.budget.Leave;
import dev.countersign.app.chat.conversation.ConversationWorkflow.ConversationInput;
import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.client.Deadlines;
import dev.countersign.client.KeptHistory;
import dev.countersign.client.Updates;
import dev.countersign.guard.RememberedApprovals;
import dev.countersign.guard.UserDigest;
import dev.countersign.workflow.DetailsTable;
import dev.countersign.workflow.TaskQueues;
import io.grpc.Deadline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The conversations of a caller: another user's can't be named, their ids hold the owner's digest.
 */
@Component
public class Conversations {
  private static final Logger log = LoggerFactory.getLogger(Conversations.class);

  /** Browsers and proxies wait about this long. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(150);

  /** What is after the owner's digest; a call's id is longer. */
  private static final Pattern OWN_PART = Pattern.compile("[0-9a-f]{32}");

  private static final int MOST_OF_A_SUMMARY = 60;

  private static final Duration SOON = Duration.ofSeconds(1);

  private final WorkflowClient client;
  private final TaskQueues taskQueues;
  private final UserDigest users;
  private final OpenConversations open;
  private final ConversationDeletion deletion;
  private final RememberedApprovals remembered;
  private final ChatBudget budget;
  private final Counter begun;
  private final Counter turns;
  private final Counter tooManyTurns;
  private final Counter tooManyAtOnce;
  private final Duration answerWithin;

  @Autowired
  Conversations(
      WorkflowClient client,
      TaskQueues taskQueues,
      UserDigest users,
      RememberedApprovals remembered,
      ChatBudget budget,
      MeterRegistry meters) {
    this(client, taskQueues, users, remembered, budget, meters, ANSWER_WITHIN);
  }

  Conversations(
      WorkflowClient client,
      TaskQueues taskQueues,
      UserDigest users,
      RememberedApprovals remembered,
      ChatBudget budget,
      MeterRegistry meters,
      Duration answerWithin) {
    this.client = client;
    this.taskQueues = taskQueues;
    this.users = users;
    open = new OpenConversations(client);
    deletion = new ConversationDeletion(client, taskQueues);
    this.remembered = remembered;
    this.budget = budget;
    begun =
        Counter.builder("countersign.conversations.begun")
            .description("Conversations that were begun; a repeated request counts again")
            .register(meters);
    turns =
        Counter.builder("countersign.conversations.turns")
            .description("Messages that conversations took, first ones too; as above")
            .register(meters);
    tooManyTurns = LimitHits.of("turns_of_conversation", meters);
    tooManyAtOnce = LimitHits.of("conversations_at_once", meters);
    this.answerWithin = answerWithin;
  }

  /**
   * Begins a conversation by its first turn; the same key begins, and answers, once.
   *
   * @throws TooManyRequestsException if the caller has begun as many as they may
   * @throws TurnTakesLongException if the answer takes more than 150 s
   */
  public TurnAnswer begin(Caller caller, TurnRequest turn) {
    checkBudget(caller, turn);
    return answer(() -> started(caller, turn));
  }

  private void checkBudget(Caller caller, TurnRequest turn) {
    String id = prefix(caller) + turn.key();
    Leave leave = budget.begin(id);
    if (leave.kind() == Leave.Kind.TAKEN) {
      tooManyAtOnce.increment();
      throw new TooManyRequestsException(SOON);
    }
    if (leave.kind() == Leave.Kind.USED_UP && !isThere(id)) {
      AuditEntry.of(AuditEvent.LIMIT_REACHED)
          .user(users.of(caller.sub()))
          .conversation(id)
          .outcome("conversations")
          .write();
      throw new TooManyRequestsException(Sentences.tooManyConversations(leave), leave.left());
    }
  }

  /** One that has begun is answered as before. */
  private boolean isThere(String id) {
    return KeptHistory.ifThere(() -> client.newUntypedWorkflowStub(id).describe()).isPresent();
  }

  private WorkflowUpdateHandle<TurnAnswer> started(Caller caller, TurnRequest turn) {
    WorkflowOptions options = options(prefix(caller) + turn.key(), caller, turn.message());
    WorkflowUpdateHandle<TurnAnswer> started =
        client
            .newUntypedWorkflowStub("Conversation", options)
            .startUpdateWithStart(
                turnOptions(turn),
                new Object[] {turn},
                new Object[] {ConversationInput.first(caller.sub())});
    begun.increment();
    return started;
  }

  /**
   * Takes the next turn; the same key is answered once.
   *
   * @throws ConversationNotFoundException if the caller has no such conversation, or it has ended
   * @throws ConversationFullException if it takes no more turns
   * @throws TooManyTurnsException if nine others wait
   * @throws TurnTakesLongException if the answer takes more than 150 s
   */
  public TurnAnswer goOn(Caller caller, String conversationId, TurnRequest turn) {
    WorkflowStub conversation = client.newUntypedWorkflowStub(checked(caller, conversationId));
    return answer(() -> conversation.startUpdate(turnOptions(turn), turn));
  }

  /**
   * As {@link #begin}, but returns when the turn is certain to be answered.
   *
   * @return the conversation's id
   */
  public String beginAndLeave(Caller caller, TurnRequest turn) {
    checkBudget(caller, turn);
    return accepted(() -> started(caller, turn)).getExecution().getWorkflowId();
  }

  /**
   * As {@link #goOn}, but returns when the turn is certain to be answered, unless those before it
   * fill the conversation.
   */
  public void goOnAndLeave(Caller caller, String conversationId, TurnRequest turn) {
    WorkflowStub conversation = client.newUntypedWorkflowStub(checked(caller, conversationId));
    accepted(() -> conversation.startUpdate(turnOptions(turn), turn));
  }

  /**
   * Ends the answer to a message of the user's, if it is being given: what has come of it is the
   * answer, and nothing else is started.
   *
   * @param message the message's number
   * @throws ConversationNotFoundException if the caller has no such conversation, or it has ended
   * @throws ConversationSilentException if it doesn't answer in time
   */
  public void stop(Caller caller, String conversationId, int message) {
    open.stop(checked(caller, conversationId), message);
  }

  /**
   * What may be shown of the answer that a conversation is giving, before it is a message.
   *
   * @return null: nothing yet, or none is being given
   * @throws ConversationNotFoundException if the caller has no such conversation
   */
  public @Nullable String draft(Caller caller, String conversationId) {
    return open.draft(checked(caller, conversationId));
  }

  /**
   * All of a conversation.
   *
   * @throws ConversationNotFoundException if the caller has no such conversation, or it has ended
   */
  public ConversationState state(Caller caller, String conversationId) {
    return open.state(checked(caller, conversationId))
        .orElseThrow(ConversationNotFoundException::new);
  }

  /**
   * Calls a conversation by another title, also while a turn runs; the same again changes nothing.
   *
   * @param title what was found to be one
   * @return the conversation by that title
   * @throws ConversationNotFoundException if the caller has no such conversation, or it has ended
   * @throws ConversationSilentException if it doesn't answer in time
   */
  public ConversationSummary rename(Caller caller, String conversationId, String title) {
    return open.rename(checked(caller, conversationId), title);
  }

  /**
   * Ends a conversation, also while a turn runs, and removes what was said. Its calls go on, but
   * approvals that were remembered in it are forgotten.
   *
   * @throws ConversationNotFoundException if the caller has no such conversation
   */
  public void delete(Caller caller, String conversationId) {
    deletion.delete(checked(caller, conversationId));
    try {
      remembered.forgetConversation(caller.sub(), conversationId);
    } catch (RuntimeException e) { // no call is ever made in it again that they could cover
      log.warn("Approvals of {} are listed until they end by themselves", conversationId, e);
    }
  }

  private TurnAnswer answer(Supplier<WorkflowUpdateHandle<TurnAnswer>> start) {
    Deadline deadline = Deadline.after(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return accepted(start, answerWithin)
          .getResult(deadline.timeRemaining(TimeUnit.MILLISECONDS), TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      throw counted(TurnFailure.of(e));
    }
  }

  private RuntimeException counted(RuntimeException failure) {
    if (failure instanceof TooManyTurnsException) {
      tooManyTurns.increment();
    }
    return failure;
  }

  private WorkflowUpdateHandle<TurnAnswer> accepted(
      Supplier<WorkflowUpdateHandle<TurnAnswer>> start) {
    try {
      WorkflowUpdateHandle<TurnAnswer> taken = accepted(start, answerWithin);
      Updates.checkNotRefused(taken);
      return taken;
    } catch (RuntimeException e) {
      throw counted(TurnFailure.of(e));
    }
  }

  private WorkflowUpdateHandle<TurnAnswer> accepted(
      Supplier<WorkflowUpdateHandle<TurnAnswer>> start, Duration within) {
    WorkflowUpdateHandle<TurnAnswer> taken = Deadlines.within(within, () -> Updates.send(start));
    turns.increment();
    return taken;
  }

  private static UpdateOptions<TurnAnswer> turnOptions(TurnRequest turn) {
    return UpdateOptions.newBuilder(TurnAnswer.class)
        .setUpdateName("turn")
        .setUpdateId(turn.key())
        .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
        .build();
  }

  private WorkflowOptions options(String id, Caller caller, String firstWords) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(taskQueues.workflows())
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        .setTypedSearchAttributes(
            SearchAttributes.newBuilder()
                .set(ApprovalAttributes.USER_ID, users.of(caller.sub()))
                .build())
        .setStaticSummary(DetailsTable.plain(Shortened.text(firstWords, MOST_OF_A_SUMMARY)))
        .setStaticDetails(new DetailsTable().row("User", caller.sub()).toString())
        .build();
  }

  /**
   * The id, if it can be one of the caller's.
   *
   * @throws ConversationNotFoundException if it can't
   */
  public String checked(Caller caller, String conversationId) {
    String prefix = prefix(caller);
    if (conversationId.startsWith(prefix)
        && OWN_PART.matcher(conversationId.substring(prefix.length())).matches()) {
      return conversationId;
    }
    throw new ConversationNotFoundException();
  }

  private String prefix(Caller caller) {
    return "c-" + users.of(caller.sub()) + "-";
  }
}
