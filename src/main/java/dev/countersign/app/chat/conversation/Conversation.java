package dev.countersign.app.chat.conversation;

import dev.countersign.app.chat.conversation.ConversationMemory.AnsweredTurn;
import dev.countersign.app.chat.model.TurnTerms;
import dev.countersign.app.chat.tool.ToolArguments;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Outcomes;
import dev.countersign.app.chat.transcript.Stored;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.Transcript;
import dev.countersign.guard.CallEnded;
import dev.countersign.guard.CallNotice;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that a conversation knows. Changed by one turn or one piece of news at a time. */
final class Conversation {
  private static final int NEWEST = 20;
  private static final int MAX_MESSAGES = 500;

  /** No turn begins beyond that; one turn may add about as much again. */
  private static final int MAX_BYTES = 512 * 1024;

  /** Beyond that notices are left out; Temporal's end of a payload is at 2 MB. */
  private static final int MAX_BYTES_WITH_NOTICES = 1024 * 1024;

  /** A call's outcome is told even if no turn begins any more. */
  private static final int BYTES_FOR_AN_OUTCOME = 6 * 1024;

  /** Of words about a call: ours have 200, with a provider's or a method's in them 1,400. */
  private static final int MAX_WORDS = 1_500;

  /** Of what a device has shown, which a provider lets be a line or two. */
  private static final int MAX_MESSAGE = 300;

  /** Follows a call's id where what was announced is that its outcome has become clear. */
  private static final String SETTLED = "/settled";

  private final String id;
  private final Transcript transcript;
  private final List<AnsweredTurn> turns;
  private final List<String> callIds;
  private final List<String> announced;
  private final Deque<CallNotice> notices;
  private final Deque<CallEnded> outcomes;
  private int callsAsked;
  private @Nullable String title;
  private boolean plainHistory;

  Conversation(String id, ConversationMemory memory) {
    this.id = id;
    transcript = new Transcript(memory.transcript());
    turns = new ArrayList<>(memory.turns());
    callIds = new ArrayList<>(memory.callIds());
    announced = new ArrayList<>(memory.announced());
    notices = new ArrayDeque<>(memory.notices());
    outcomes = new ArrayDeque<>(memory.outcomes());
    callsAsked = memory.callsAsked();
    title = memory.title();
    plainHistory = Boolean.TRUE.equals(memory.plainHistory());
  }

  /** Whether the model's server has refused its history with calls in it. */
  boolean hasPlainHistory() {
    return plainHistory;
  }

  /** The model has answered on these terms; null: without any. */
  void answeredOn(@Nullable TurnTerms terms) {
    plainHistory |= terms != null && terms.plainHistory() != null;
  }

  Transcript transcript() {
    return transcript;
  }

  /** Numbers of the calls that the model may ask for next begin so. */
  int nextCall() {
    return callsAsked + 1;
  }

  /** Calls have got the next numbers, whether they can be started or not. */
  void callsAsked(int count) {
    callsAsked += count;
  }

  void callStarted(String callId) {
    callIds.add(callId);
  }

  /** The newest 20, oldest first: the others are in Temporal's list by now. */
  List<String> newestCallIds() {
    return List.copyOf(callIds.subList(Math.max(0, callIds.size() - NEWEST), callIds.size()));
  }

  /** Keeps the answer to a key: all messages from the given one on. */
  TurnAnswer answered(String key, int firstMessage, int callsBefore) {
    var turn =
        new AnsweredTurn(
            key,
            firstMessage,
            transcript.messages().size(),
            callIds.subList(callsBefore, callIds.size()));
    turns.add(turn);
    return answer(turn);
  }

  int callCount() {
    return callIds.size();
  }

  /** The answer that this key got already. */
  Optional<TurnAnswer> answerTo(String key) {
    return turns.stream().filter(turn -> turn.key().equals(key)).findFirst().map(this::answer);
  }

  private TurnAnswer answer(AnsweredTurn turn) {
    return new TurnAnswer(
        id,
        transcript.messages().subList(turn.firstMessage() - 1, turn.lastMessage()),
        turn.callIds());
  }

  /**
   * Whether no further turn is taken: at 500 messages or 512 KB as they are stored. What a workflow
   * does depends on it, so that another measure needs a version of its own.
   */
  boolean isFull() {
    return transcript.messages().size() >= MAX_MESSAGES || bytesInTheEnd() >= MAX_BYTES;
  }

  /** What is stored, and what the outcomes that are still to come will add. */
  private int bytesInTheEnd() {
    long ended = announced.stream().filter(announcement -> !announcement.endsWith(SETTLED)).count();
    int outcomesToCome = (int) Math.max(0, callIds.size() - ended);
    return transcript.storedBytes()
        + Stored.bytes(memory(List.of()))
        + outcomesToCome * BYTES_FOR_AN_OUTCOME;
  }

  void hear(CallNotice notice) {
    if (bytesInTheEnd() < MAX_BYTES_WITH_NOTICES) {
      notices.add(new CallNotice(notice.callId(), Stored.cut(notice.text(), MAX_WORDS)));
    }
  }

  /** Keeps to the first: a call ends once, is settled once, and may say either twice. */
  void hear(CallEnded ended) {
    String announcement = ended.callId() + (ended.isSettled() ? SETTLED : "");
    if (!announced.contains(announcement)) {
      announced.add(announcement);
      outcomes.add(
          new CallEnded(
              ended.callId(),
              ended.tool(),
              ToolArguments.kept(ended.arguments()),
              Stored.cut(ended.message(), MAX_MESSAGE),
              ended.status(),
              Stored.cut(ended.toolResult(), MAX_WORDS),
              Stored.cut(ended.sentence(), MAX_WORDS),
              ended.settled()));
    }
  }

  /** Whether an outcome was heard, and is still to be told. */
  boolean hasOutcome(String callId) {
    return outcomes.stream().anyMatch(ended -> ended.callId().equals(callId));
  }

  /** Whether something about a call that goes on was heard, and is still to be told. */
  boolean hasNotice(String callId) {
    return notices.stream().anyMatch(notice -> notice.callId().equals(callId));
  }

  /** The outcome; whoever takes it tells it. */
  Optional<CallEnded> takeOutcome(String callId) {
    Optional<CallEnded> outcome =
        outcomes.stream().filter(ended -> ended.callId().equals(callId)).findFirst();
    outcome.ifPresent(outcomes::remove);
    return outcome;
  }

  boolean hasNews() {
    return !notices.isEmpty() || !outcomes.isEmpty();
  }

  @Nullable CallNotice nextNotice() {
    return notices.poll();
  }

  @Nullable CallEnded nextOutcome() {
    return outcomes.poll();
  }

  /** Appends the outcome as a call of the tool and its result, which is how models expect it. */
  void outcome(CallEnded ended) {
    String outcome = Outcomes.id(number(ended.callId()), ended.isSettled());
    var call = new GuardedToolCall(outcome, ended.tool(), ended.arguments());
    transcript.toolsCalled(null, List.of(call), null);
    transcript.toolReturned(call, ended.toolResult());
  }

  /** A call's number in this conversation: model servers refuse ids as long as a call's. */
  private static String number(String callId) {
    return callId.substring(callId.lastIndexOf('-') + 1);
  }

  ChatMessage say(
      ChatRole role, String text, Instant at, @Nullable String callId, @Nullable String extras) {
    return transcript.say(role, text, at, callId, extras);
  }

  /** Its user calls it so from now on. */
  void rename(String to) {
    title = to;
  }

  /** What its user has called it; null: nothing. */
  @Nullable String title() {
    return title;
  }

  /**
   * Where it stands.
   *
   * @param answering number of the user's message that is being answered; null: none is
   */
  ConversationState state(@Nullable Integer answering) {
    return new ConversationState(id, transcript.messages(), callIds, answering);
  }

  ConversationMemory memory() {
    return memory(transcript.entries());
  }

  private ConversationMemory memory(List<Entry> entries) {
    return new ConversationMemory(
        entries,
        turns,
        callsAsked,
        callIds,
        announced,
        List.copyOf(notices),
        List.copyOf(outcomes),
        title,
        plainHistory ? true : null);
  }
}
