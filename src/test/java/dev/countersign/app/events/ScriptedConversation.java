package dev.countersign.app.events;

import dev.countersign.app.call.CallView;
import dev.countersign.app.chat.conversation.ConversationNotFoundException;
import dev.countersign.app.chat.conversation.ConversationState;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.app.chat.transcript.ChatRole;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A conversation and its calls that change as a test says, watched or not. */
final class ScriptedConversation implements ConversationSource {
  static final String ID = "c-1";
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final Executor AT_ONCE = Runnable::run;

  private final List<ChatMessage> messages = new ArrayList<>();
  private final Map<String, CallView> calls = new LinkedHashMap<>();
  private final Map<String, Integer> changes = new LinkedHashMap<>();
  private boolean there = true;
  private boolean goesOn = true;
  private final Set<String> silent = new LinkedHashSet<>();
  private final Set<String> overdue = new LinkedHashSet<>();
  private int failures;
  private boolean waitingIsPossible = true;
  private int looks;
  private int histories;
  private int waiting;

  static ChatMessage message(int number) {
    return new ChatMessage(number, ChatRole.USER, "message " + number, AT, null);
  }

  static CallView call(String id, CallStatus status, @Nullable Integer version) {
    return call(id, status, null, version);
  }

  private static CallView call(
      String id, CallStatus status, @Nullable String code, @Nullable Integer version) {
    return new CallView(
        id,
        "shop_online",
        ID,
        "Do you want to buy 2 headphones",
        Map.of("product", "headphones", "qty", 2),
        status,
        AT,
        null,
        null,
        null,
        null,
        null,
        null,
        code,
        false,
        null,
        version);
  }

  synchronized ScriptedConversation says() {
    messages.add(message(messages.size() + 1));
    return changed(ID);
  }

  /** Starts a purchase, or moves it on. */
  synchronized ScriptedConversation buys(String id, CallStatus status) {
    CallView before = calls.get(id);
    int version = before == null ? 1 : Objects.requireNonNull(before.version()) + 1;
    calls.put(id, call(id, status, version));
    return changed(before == null ? ID : id);
  }

  /** A purchase is known from now on without its own words only. */
  synchronized ScriptedConversation fallsSilent(String id) {
    silent.add(id);
    return changed(id);
  }

  /** The same, and as it was shown last, its user had to approve it long ago. */
  synchronized ScriptedConversation isOverdue(String id) {
    overdue.add(id);
    return fallsSilent(id);
  }

  /** Purchases say themselves again where they stand. */
  synchronized ScriptedConversation speaks() {
    silent.clear();
    overdue.clear();
    return this;
  }

  synchronized ScriptedConversation ends() {
    goesOn = false;
    return changed(ID);
  }

  synchronized ScriptedConversation vanishes() {
    there = false;
    return changed(ID);
  }

  /** Nobody answers the next looks. */
  synchronized ScriptedConversation failsToAnswer(int times) {
    failures = times;
    return this;
  }

  /** From now on Temporal takes no long poll, as when there are too many. */
  synchronized ScriptedConversation refusesToWait() {
    waitingIsPossible = false;
    return changed("nothing");
  }

  /** How often it was looked at. */
  synchronized int looks() {
    return looks;
  }

  /** How many histories were asked for. */
  synchronized int histories() {
    return histories;
  }

  /** How many wait for a change now. */
  synchronized int waiting() {
    return waiting;
  }

  @Override
  public synchronized ConversationState conversation() {
    answer();
    if (!there) {
      throw new ConversationNotFoundException();
    }
    return new ConversationState(ID, messages, List.copyOf(calls.keySet()), null);
  }

  @Override
  public synchronized @Nullable String draft() {
    return null;
  }

  @Override
  public synchronized Optional<CallView> call(String id) {
    answer();
    return Optional.ofNullable(calls.get(id))
        .map(said -> silent.contains(id) ? silent(id, said.status()) : said);
  }

  private CallView silent(String id, CallStatus status) {
    return overdue.contains(id)
        ? call(id, CallStatus.AWAITING_APPROVAL, CallState.NO_ANSWER, null)
        : call(id, status, null);
  }

  @Override
  public synchronized List<CallView> calls(List<String> ids) {
    return ids.stream().map(this::call).flatMap(Optional::stream).toList();
  }

  @Override
  public synchronized History history(String workflowId) {
    histories++;
    return new History() {
      private int seen = -1;

      @Override
      public Life awaitChange() {
        seen = awaitMore(workflowId, seen);
        return workflowId.equals(ID) ? life() : Life.GOES_ON;
      }
    };
  }

  private synchronized History.Life life() {
    if (!there) {
      return History.Life.NOT_THERE;
    }
    return goesOn ? History.Life.GOES_ON : History.Life.ENDED;
  }

  private void answer() {
    looks++;
    if (failures > 0) {
      failures--;
      throw Status.UNAVAILABLE.asRuntimeException();
    }
  }

  private synchronized ScriptedConversation changed(String workflowId) {
    changes.merge(workflowId, 1, Integer::sum);
    notifyAll();
    return this;
  }

  private synchronized int awaitMore(String workflowId, int seen) {
    Context context = Context.current();
    Context.CancellationListener wake = _ -> changed("nothing");
    context.addListener(wake, AT_ONCE);
    waiting++;
    try {
      while (changes.getOrDefault(workflowId, 0) <= seen) {
        if (!waitingIsPossible) {
          throw Status.RESOURCE_EXHAUSTED.asRuntimeException();
        }
        if (context.isCancelled()) {
          throw Status.CANCELLED.asRuntimeException();
        }
        wait();
      }
      if (seen >= 0 && !waitingIsPossible) {
        throw Status.RESOURCE_EXHAUSTED.asRuntimeException();
      }
      return changes.getOrDefault(workflowId, 0);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      waiting--;
      context.removeListener(wake);
    }
  }
}
