package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.conversation.ConversationWorkflow.ConversationInput;
import dev.countersign.app.chat.model.AskedModel;
import dev.countersign.app.chat.model.AskedModel.Answer;
import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.model.TurnSoFar;
import dev.countersign.app.chat.model.TurnTerms;
import dev.countersign.app.chat.tool.Asker;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.approval.Approver;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallNotice;
import dev.countersign.guard.ChildCalls;
import dev.countersign.guard.FrozenCall;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Takes turns with the user, one at a time, and between them tells what became of calls. */
public class ConversationWorkflowImpl implements ConversationWorkflow {
  private static final Logger log = Workflow.getLogger(ConversationWorkflowImpl.class);

  /** Temporal ends a run at 50 MB; it suggests a new one at 4 MB. */
  private static final int MAX_HISTORY_BYTES = 25 * 1024 * 1024;

  /** One less than the updates that Temporal takes at once: the next is refused by us, at once. */
  private static final int MAX_TURNS_AT_ONCE = 9;

  private final WorkflowLock oneAtATime = Workflow.newWorkflowLock();
  private final ConversationInput input;
  private final Conversation conversation;
  private final AskedModel model;
  private final ChildCalls calls;
  private final ToolRuns tools;
  private @Nullable RunningTurn running;
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
    model = new AskedModel(conversation.transcript());
    calls = new ChildCalls(new Told());
    tools = new ToolRuns(input.userID(), conversation, calls);
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
    while (calls.isAnyOpen()) { // turns that came meanwhile may have started others
      calls.handOver();
      Workflow.await(Workflow::isEveryHandlerFinished);
    }
    Workflow.newContinueAsNewStub(ConversationWorkflow.class)
        .converse(
            new ConversationInput(input.userID(), input.turnsPerRun(), conversation.memory()));
  }

  private boolean isRunLongEnough() {
    Integer turns = input.turnsPerRun();
    return turns == null ? Workflow.getInfo().isContinueAsNewSuggested() : turnsOfThisRun >= turns;
  }

  /** Turns that overlap without end would never let the next run begin. */
  private boolean mustContinueAsNew() {
    return turnsAtOnce > 0 && Workflow.getInfo().getHistorySize() > MAX_HISTORY_BYTES;
  }

  @Override
  public void validateTurn(TurnRequest request) {
    if (conversation.answerTo(request.key()).isPresent()) {
      return;
    }
    if (conversation.isFull()) {
      throw new IllegalStateException(FULL);
    }
    if (turnsAtOnce >= MAX_TURNS_AT_ONCE || mustContinueAsNew()) {
      throw new IllegalStateException(BUSY);
    }
  }

  @Override
  public TurnAnswer turn(TurnRequest request) {
    turnsAtOnce++;
    oneAtATime.lock(); // yields: other turns, and the news of calls, go first
    try {
      return conversation.answerTo(request.key()).orElseGet(() -> turnIfThereIsRoom(request));
    } finally {
      oneAtATime.unlock();
      turnsAtOnce--;
    }
  }

  private TurnAnswer turnIfThereIsRoom(TurnRequest request) {
    if (conversation.isFull()) { // those before it have filled it
      throw ApplicationFailure.newNonRetryableFailure(FULL, "ConversationFull");
    }
    return newTurn(request);
  }

  @Override
  public ConversationSummary rename(String title) {
    conversation.rename(title);
    return summary();
  }

  @Override
  public void stop(int message) {
    if (running != null && running.question() == message) {
      running.stop();
    }
  }

  @Override
  public void callNotice(CallNotice notice) {
    conversation.hear(notice);
  }

  @Override
  public void callEnded(CallEnded ended) {
    conversation.hear(ended);
  }

  @Override
  public ConversationState state() {
    return conversation.state(running == null ? null : running.question());
  }

  @Override
  public ConversationSummary summary() {
    return ConversationSummary.of(
        Workflow.getInfo().getWorkflowId(),
        conversation.title(),
        conversation.transcript().messages(),
        Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis()));
  }

  @Override
  public @Nullable ConversationSummary find(String words) {
    return summary().found(SearchWords.of(words), conversation.transcript().messages());
  }

  private TurnAnswer newTurn(TurnRequest request) {
    turnsOfThisRun++;
    int callsBefore = conversation.callCount();
    ChatMessage question = say(ChatRole.USER, request.message(), null);
    var turn = new RunningTurn(question);
    running = turn;
    Words answer = answer(turn, request.approver());
    running = null;
    conversation.say(ChatRole.ASSISTANT, answer.text(), WorkflowTime.now(), null, answer.extras());
    return conversation.answered(request.key(), question.id(), callsBefore);
  }

  /** What the user is answered, and what the model's server wants to have back with it. */
  private record Words(String text, @Nullable String extras) {
    Words(String text) {
      this(text, null);
    }
  }

  private Words answer(RunningTurn turn, @Nullable Approver approver) {
    var effects = new TurnEffects();
    var usage = new TurnUsage();
    Words words = answer(turn, approver, effects, usage);
    log.info("Answered after {}", usage);
    return words;
  }

  private Words answer(
      RunningTurn turn, @Nullable Approver approver, TurnEffects effects, TurnUsage usage) {
    var rounds = new TurnRounds();
    while (!rounds.isOver(conversation.transcript())) {
      switch (turn.ask(() -> ask(asker(approver), turn.soFar(effects, usage)))) {
        case Answer.None none -> {
          if (turn.isStopped()) {
            return new Words(Sentences.stoppedByTheUser(null, effects));
          }
          return new Words(
              rounds.hasTerms()
                  ? Sentences.modelGaveUpMeanwhile(none, effects)
                  : Sentences.modelGaveUp(none, effects));
        }
        case Answer.Given(var reply) -> {
          usage.add(reply.usage());
          rounds.add(reply);
          if (turn.isStopped()) {
            return new Words(Sentences.stoppedByTheUser(reply.words(), effects));
          }
          if (reply.calls().isEmpty()) {
            return rounds.hasTerms()
                ? new Words(Sentences.answer(reply.words(), effects), rounds.extras())
                : new Words(reply.textOr(Sentences.modelSaidNothing(effects)));
          }
          run(reply, effects, turn);
          if (turn.isStopped()) {
            return new Words(Sentences.stoppedByTheUser(null, effects));
          }
        }
      }
    }
    return new Words(
        rounds.hasTerms() ? Sentences.roundsAreOver(effects) : Sentences.tooManyRounds(effects));
  }

  private Answer ask(@Nullable Asker asker, @Nullable TurnSoFar turn) {
    Answer answer = model.ask(asker, conversation.hasPlainHistory(), turn);
    if (answer instanceof Answer.Given(var reply)) {
      conversation.answeredOn(reply.terms());
    }
    return answer;
  }

  private void run(ModelReply reply, TurnEffects effects, RunningTurn turn) {
    TurnTerms terms = reply.terms();
    conversation
        .transcript()
        .toolsCalled(reply.text(), reply.calls(), terms == null ? null : terms.extras());
    List<String> results = tools.run(reply, effects, turn);
    for (int i = 0; i < results.size(); i++) {
      conversation.transcript().toolReturned(reply.calls().get(i), results.get(i));
    }
  }

  private Asker asker(@Nullable Approver approver) {
    return new Asker(
        input.userID(), approver, Workflow.getInfo().getWorkflowId(), conversation.nextCall());
  }

  private void tellNews() {
    oneAtATime.lock();
    try {
      CallNotice notice = conversation.nextNotice();
      if (notice != null) {
        say(ChatRole.ASSISTANT, notice.text(), notice.callId());
        return;
      }
      CallEnded ended = conversation.nextOutcome();
      if (ended != null) {
        conversation.outcome(ended);
        say(ChatRole.ASSISTANT, worded(ended), ended.callId());
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  private String worded(CallEnded ended) {
    if (conversation.isFull()) { // the model's words may be many
      return ended.sentence();
    }
    return switch (ask(null, null)) {
      case Answer.None _ -> ended.sentence();
      case Answer.Given(var reply) -> {
        var usage = new TurnUsage();
        usage.add(reply.usage());
        log.info("Told an outcome after {}", usage);
        yield reply.terms() == null
            ? reply.textOr(ended.sentence())
            : Sentences.outcome(ended, reply.words());
      }
    };
  }

  private ChatMessage say(ChatRole role, String text, @Nullable String callId) {
    return conversation.say(role, text, WorkflowTime.now(), callId, null);
  }

  /** Hears how calls end that this run has started. */
  private final class Told implements ChildCalls.Listener {
    @Override
    public void ended(CallEnded ended) {
      conversation.hear(ended);
    }

    @Override
    public void stopped(FrozenCall call) {
      conversation.hear(Sentences.stopped(call));
    }
  }
}
