package dev.countersign.chat;

import dev.countersign.approval.Approver;
import dev.countersign.chat.ToolCall.BuyCall;
import dev.countersign.chat.ToolCall.InvalidCall;
import dev.countersign.purchase.Purchase;
import dev.countersign.purchase.PurchaseEnded;
import dev.countersign.purchase.PurchaseInput;
import dev.countersign.purchase.PurchaseNotice;
import dev.countersign.purchase.PurchaseStart;
import dev.countersign.purchase.PurchaseWorkflow;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.spring.boot.WorkflowImpl;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Takes turns with the user, one at a time, and between them tells what became of purchases. */
@WorkflowImpl(taskQueues = PurchaseStart.TASK_QUEUE)
public class ConversationWorkflowImpl implements ConversationWorkflow {
  private static final Logger log = Workflow.getLogger(ConversationWorkflowImpl.class);
  private static final int MAX_ROUNDS = 3;

  /** One less than the updates that Temporal takes at once: the next is refused by us, at once. */
  private static final int MAX_TURNS_AT_ONCE = 9;

  private final ModelActivities model =
      Workflow.newActivityStub(ModelActivities.class, ModelOptions.callModel());
  private final WorkflowLock oneAtATime = Workflow.newWorkflowLock();
  private final ConversationInput input;
  private final Conversation conversation;
  private int turnsAtOnce;
  private int turnsOfThisRun;

  /** State is there before {@link #converse} runs: a turn may arrive first. */
  @WorkflowInit
  public ConversationWorkflowImpl(ConversationInput input) {
    this.input = input;
    ConversationMemory memory = input.memory();
    conversation =
        new Conversation(
            Workflow.getInfo().getWorkflowId(),
            memory == null ? ConversationMemory.none() : memory);
  }

  @Override
  public void converse(ConversationInput input) {
    while (!isRunLongEnough()) {
      if (conversation.hasNews()) {
        tellNews();
      }
      Workflow.await(() -> conversation.hasNews() || isRunLongEnough());
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
    Workflow.newContinueAsNewStub(ConversationWorkflow.class)
        .converse(
            new ConversationInput(input.userID(), input.turnsPerRun(), conversation.memory()));
  }

  private boolean isRunLongEnough() {
    Integer turns = input.turnsPerRun();
    return turns == null ? Workflow.getInfo().isContinueAsNewSuggested() : turnsOfThisRun >= turns;
  }

  @Override
  public void validateTurn(TurnRequest request) {
    if (conversation.answerTo(request.key()).isPresent()) {
      return;
    }
    if (conversation.transcript().isFull()) {
      throw new IllegalStateException(FULL);
    }
    if (turnsAtOnce >= MAX_TURNS_AT_ONCE) {
      throw new IllegalStateException(BUSY);
    }
  }

  @Override
  public TurnAnswer turn(TurnRequest request) {
    turnsAtOnce++;
    oneAtATime.lock(); // yields: other turns, and the news of purchases, go first
    try {
      return conversation.answerTo(request.key()).orElseGet(() -> newTurn(request));
    } finally {
      oneAtATime.unlock();
      turnsAtOnce--;
    }
  }

  @Override
  public void purchaseNotice(PurchaseNotice notice) {
    conversation.hear(notice);
  }

  @Override
  public void purchaseEnded(PurchaseEnded ended) {
    conversation.hear(ended);
  }

  @Override
  public ConversationState state() {
    return conversation.state();
  }

  @Override
  public ConversationSummary summary() {
    return ConversationSummary.of(
        Workflow.getInfo().getWorkflowId(),
        conversation.transcript().messages(),
        Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis()));
  }

  private TurnAnswer newTurn(TurnRequest request) {
    turnsOfThisRun++;
    int purchasesBefore = conversation.purchaseCount();
    ChatMessage question = say(ChatRole.USER, request.message(), null);
    say(ChatRole.ASSISTANT, answer(request.approver()), null);
    return conversation.answered(request.key(), question.id(), purchasesBefore);
  }

  private String answer(@Nullable Approver approver) {
    List<Purchase> started = new ArrayList<>();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      ModelReply reply = askModel(true);
      if (reply == null) {
        return Sentences.modelGaveUp(started);
      }
      if (reply.calls().isEmpty()) {
        return reply.textOr(Sentences.modelSaidNothing(started));
      }
      conversation.transcript().toolsCalled(reply.text(), reply.calls());
      for (ToolCall call : reply.calls()) {
        String result =
            switch (call) {
              case BuyCall(_, var purchase) -> buy(purchase, approver, started);
              case InvalidCall invalid -> invalid.problem();
            };
        conversation.transcript().toolReturned(call, result);
      }
    }
    return Sentences.tooManyRounds(started);
  }

  private String buy(Purchase purchase, @Nullable Approver approver, List<Purchase> started) {
    String id = conversation.nextPurchaseId();
    var purchaseInput =
        new PurchaseInput(input.userID(), purchase, Workflow.getInfo().getWorkflowId(), approver);
    PurchaseWorkflow child =
        Workflow.newChildWorkflowStub(
            PurchaseWorkflow.class, PurchaseStart.byWorkflow(id, purchaseInput));
    Async.function(child::buy, purchaseInput); // its end is told by signal
    try {
      Workflow.getWorkflowExecution(child).get(); // it must be there before we speak of it
    } catch (ChildWorkflowFailure e) {
      log.warn("Purchase {} was not started", id, e);
      return Sentences.notStarted(purchase);
    }
    conversation.purchaseStarted(id);
    started.add(purchase);
    return Sentences.approvalRequested(purchase);
  }

  private void tellNews() {
    oneAtATime.lock();
    try {
      PurchaseNotice notice = conversation.nextNotice();
      if (notice != null) {
        say(ChatRole.ASSISTANT, notice.text(), notice.purchaseId());
        return;
      }
      PurchaseEnded ended = conversation.nextOutcome();
      if (ended != null) {
        conversation.outcome(ended);
        ModelReply reply = askModel(false);
        say(
            ChatRole.ASSISTANT,
            reply == null ? ended.sentence() : reply.textOr(ended.sentence()),
            ended.purchaseId());
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Null: the model gave up. */
  private @Nullable ModelReply askModel(boolean withTools) {
    try {
      return model.callModel(new ModelCall(conversation.transcript().forModel(), withTools));
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof CanceledFailure) {
        throw e;
      }
      log.warn("The model gave up", e);
      return null;
    }
  }

  private ChatMessage say(ChatRole role, String text, @Nullable String purchaseId) {
    return conversation.say(
        role, text, Instant.ofEpochMilli(Workflow.currentTimeMillis()), purchaseId);
  }
}
