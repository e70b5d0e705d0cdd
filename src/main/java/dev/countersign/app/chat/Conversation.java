package dev.countersign.app.chat;

import dev.countersign.app.chat.ToolCall.BuyCall;
import dev.countersign.app.purchase.PurchaseEnded;
import dev.countersign.app.purchase.PurchaseNotice;
import dev.countersign.app.purchase.PurchaseStatus;
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

  /** A purchase's outcome is told even if no turn begins any more. */
  private static final int BYTES_FOR_AN_OUTCOME = 4 * 1024;

  /** Of words about a purchase: ours have 200, with a provider's or a shop's in them 1,400. */
  private static final int MAX_WORDS = 1_500;

  /** Follows a purchase's id where what was announced is that its outcome has become clear. */
  private static final String SETTLED = "/settled";

  private final String id;
  private final Transcript transcript;
  private final List<AnsweredTurn> turns;
  private final List<String> purchaseIds;
  private final List<String> announced;
  private final Deque<PurchaseNotice> notices;
  private final Deque<PurchaseEnded> outcomes;
  private int purchasesAsked;

  Conversation(String id, ConversationMemory memory) {
    this.id = id;
    transcript = new Transcript(memory.transcript());
    turns = new ArrayList<>(memory.turns());
    purchaseIds = new ArrayList<>(memory.purchaseIds());
    announced = new ArrayList<>(memory.announced());
    notices = new ArrayDeque<>(memory.notices());
    outcomes = new ArrayDeque<>(memory.outcomes());
    purchasesAsked = memory.purchasesAsked();
  }

  Transcript transcript() {
    return transcript;
  }

  String nextPurchaseId() {
    purchasesAsked++;
    return id + "-" + purchasesAsked;
  }

  void purchaseStarted(String purchaseId) {
    purchaseIds.add(purchaseId);
  }

  /** The newest 20, oldest first: the others are in Temporal's list by now. */
  List<String> newestPurchaseIds() {
    return List.copyOf(
        purchaseIds.subList(Math.max(0, purchaseIds.size() - NEWEST), purchaseIds.size()));
  }

  String newestPurchaseId() {
    return purchaseIds.getLast();
  }

  /** Keeps the answer to a key: all messages from the given one on. */
  TurnAnswer answered(String key, int firstMessage, int purchasesBefore) {
    var turn =
        new AnsweredTurn(
            key,
            firstMessage,
            transcript.messages().size(),
            purchaseIds.subList(purchasesBefore, purchaseIds.size()));
    turns.add(turn);
    return answer(turn);
  }

  int purchaseCount() {
    return purchaseIds.size();
  }

  /** The answer that this key got already. */
  Optional<TurnAnswer> answerTo(String key) {
    return turns.stream().filter(turn -> turn.key().equals(key)).findFirst().map(this::answer);
  }

  private TurnAnswer answer(AnsweredTurn turn) {
    return new TurnAnswer(
        id,
        transcript.messages().subList(turn.firstMessage() - 1, turn.lastMessage()),
        turn.purchaseIds());
  }

  /**
   * Whether no further turn is taken: at 500 messages or 512 KB as they are stored. What a workflow
   * does depends on it, so that another measure needs another version of {@code full-by-now}.
   */
  boolean isFull() {
    return transcript.messages().size() >= MAX_MESSAGES || bytesInTheEnd() >= MAX_BYTES;
  }

  /** What is stored, and what the outcomes that are still to come will add. */
  private int bytesInTheEnd() {
    long ended = announced.stream().filter(announcement -> !announcement.endsWith(SETTLED)).count();
    int outcomesToCome = (int) Math.max(0, purchaseIds.size() - ended);
    return transcript.storedBytes()
        + Stored.bytes(memory(List.of()))
        + outcomesToCome * BYTES_FOR_AN_OUTCOME;
  }

  void hear(PurchaseNotice notice) {
    if (bytesInTheEnd() < MAX_BYTES_WITH_NOTICES) {
      notices.add(new PurchaseNotice(notice.purchaseId(), Stored.cut(notice.text(), MAX_WORDS)));
    }
  }

  /** Keeps to the first: a purchase ends once, is settled once, and may say either twice. */
  void hear(PurchaseEnded ended) {
    String announcement = ended.purchaseId() + (ended.isSettled() ? SETTLED : "");
    if (!announced.contains(announcement)) {
      announced.add(announcement);
      outcomes.add(
          new PurchaseEnded(
              ended.purchaseId(),
              ended.purchase(),
              ended.status(),
              Stored.cut(ended.toolResult(), MAX_WORDS),
              Stored.cut(ended.sentence(), MAX_WORDS),
              ended.settled()));
    }
  }

  boolean hasEnded(String purchaseId) {
    return announced.contains(purchaseId);
  }

  /** A rejection that is not told yet, which is then told by whoever takes it; null: none. */
  @Nullable PurchaseEnded takeRejection(String purchaseId) {
    for (PurchaseEnded ended : outcomes) {
      if (ended.purchaseId().equals(purchaseId) && ended.status() == PurchaseStatus.REJECTED) {
        outcomes.remove(ended);
        return ended;
      }
    }
    return null;
  }

  boolean hasNews() {
    return !notices.isEmpty() || !outcomes.isEmpty();
  }

  @Nullable PurchaseNotice nextNotice() {
    return notices.poll();
  }

  @Nullable PurchaseEnded nextOutcome() {
    return outcomes.poll();
  }

  /** Appends the outcome as a call of the tool and its result, which is how models expect it. */
  void outcome(PurchaseEnded ended) {
    String kind = ended.isSettled() ? "settled-" : "outcome-";
    var call = new BuyCall(kind + conversationNumber(ended.purchaseId()), ended.purchase());
    transcript.toolsCalled(null, List.of(call));
    transcript.toolReturned(call, ended.toolResult());
  }

  /** A purchase's number in this conversation: model servers refuse ids as long as a purchase's. */
  private static String conversationNumber(String purchaseId) {
    return purchaseId.substring(purchaseId.lastIndexOf('-') + 1);
  }

  ChatMessage say(ChatRole role, String text, Instant at, @Nullable String purchaseId) {
    return transcript.say(role, text, at, purchaseId);
  }

  ConversationState state() {
    return new ConversationState(id, transcript.messages(), purchaseIds);
  }

  ConversationMemory memory() {
    return memory(transcript.entries());
  }

  private ConversationMemory memory(List<Entry> entries) {
    return new ConversationMemory(
        entries,
        turns,
        purchasesAsked,
        purchaseIds,
        announced,
        List.copyOf(notices),
        List.copyOf(outcomes));
  }
}
