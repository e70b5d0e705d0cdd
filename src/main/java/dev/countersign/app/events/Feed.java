package dev.countersign.app.events;

import dev.countersign.app.call.CallView;
import dev.countersign.app.chat.conversation.ConversationNotFoundException;
import dev.countersign.app.chat.conversation.ConversationState;
import dev.countersign.app.chat.transcript.ChatMessage;
import dev.countersign.guard.CallState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The newest state of one conversation, for all who watch it at this process. */
final class Feed {
  /** As often as a draft grows. */
  private static final Duration DRAFT_EVERY = Duration.ofMillis(400);

  private final ReentrantLock opening = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Watch watch = new Watch();
  private final String conversationId;
  private final ConversationSource source;

  /** By id, in the order of their start; empty: it isn't there any more. */
  private final Map<String, Optional<CallView>> calls = new LinkedHashMap<>();

  private List<ChatMessage> messages = List.of();

  /** Number of the message of the user's that is being answered; null: none is. */
  private @Nullable Integer answering;

  private @Nullable String draft;
  private @Nullable Snapshot newest;
  private long probes;
  private boolean stopped;

  Feed(String conversationId, ConversationSource source) {
    this.conversationId = conversationId;
    this.source = source;
  }

  /**
   * Begins to watch, unless it does already; returns when there is something to see.
   *
   * @throws ConversationNotFoundException if the conversation isn't there
   */
  void open() {
    opening.lock();
    try {
      if (isOpen()) {
        return;
      }
      History history = source.history(conversationId);
      History.Life life = history.awaitChange();
      if (life == History.Life.NOT_THERE) {
        throw new ConversationNotFoundException();
      }
      if (lookAtConversation(life)) {
        watch.start(conversationId, history, this::lookAtConversation);
      }
    } finally {
      opening.unlock();
    }
  }

  /**
   * Waits until there is another state than the one that the viewer has seen, and returns the
   * newest.
   *
   * @param seen null: none
   * @param patience after which the same state is returned; {@link #probe} ends it
   */
  Snapshot awaitOther(@Nullable Snapshot seen, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      long probesBefore = probes;
      while (!stopped && probes == probesBefore && Objects.equals(seen, newest) && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      if (newest == null) {
        throw new IllegalStateException("Nothing is watched yet");
      }
      return newest;
    } finally {
      lock.unlock();
    }
  }

  /** Makes every viewer's stream give a sign of life, which fails where the viewer has gone. */
  void probe() {
    lock.lock();
    try {
      probes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets every viewer go. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    watch.close();
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOpen() {
    lock.lock();
    try {
      return newest != null;
    } finally {
      lock.unlock();
    }
  }

  private boolean lookAtConversation(History.Life life) {
    if (life != History.Life.GOES_ON) { // it can't be asked any more if it was terminated
      publish(null, Map.of(), true);
      return false;
    }
    ConversationState state;
    try {
      state = source.conversation();
    } catch (ConversationNotFoundException e) {
      if (!isOpen()) {
        throw e;
      }
      publish(null, Map.of(), true);
      return false;
    }
    List<String> ids = state.callIds().stream().filter(id -> !knows(id)).toList();
    Map<String, Optional<CallView>> started = new LinkedHashMap<>();
    ids.forEach(id -> started.put(id, Optional.empty()));
    source.calls(ids).forEach(it -> started.put(it.id(), Optional.of(it)));
    boolean isBeingAnswered = answers(state.answering());
    publish(state.messages(), started, false);
    if (isBeingAnswered) {
      watch.start(conversationId + " draft", new Ticks(DRAFT_EVERY), _ -> lookAtDraft(state));
    }
    started.forEach((id, call) -> {
      if (call.filter(Feed::goesOn).isPresent()) {
        watch.start(id, source.history(id), now -> lookAtCall(id, now));
      }
    });
    return true;
  }

  private boolean lookAtCall(String id, History.Life life) {
    Optional<CallView> call = source.call(id);
    boolean silent = call.filter(Feed::isSilent).isPresent();
    if (!silent || call.filter(this::isNewOf).isPresent()) {
      publish(null, Map.of(id, call), false);
    }
    if (silent) {
      throw new IllegalStateException(id + " doesn't say where it stands"); // looked at again
    }
    return life == History.Life.GOES_ON && call.filter(Feed::goesOn).isPresent();
  }

  /**
   * What is being answered now.
   *
   * @return whether it is something else than before
   */
  private boolean answers(@Nullable Integer message) {
    lock.lock();
    try {
      boolean isOther = message != null && !message.equals(answering);
      answering = message;
      draft = isOther || message == null ? null : draft;
      return isOther;
    } finally {
      lock.unlock();
    }
  }

  private boolean lookAtDraft(ConversationState of) {
    String now = source.draft();
    lock.lock();
    try {
      if (!Objects.equals(of.answering(), answering)) {
        return false;
      }
      draft = now;
    } finally {
      lock.unlock();
    }
    publish(null, Map.of(), false);
    return true;
  }

  private static boolean goesOn(CallView call) {
    return isSilent(call) || !call.status().isFinal();
  }

  /** It is shown as far as it is known without it. */
  private static boolean isSilent(CallView call) {
    return call.version() == null;
  }

  private boolean knows(String callId) {
    lock.lock();
    try {
      return calls.containsKey(callId);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether what is known of a silent call is more than what it said itself: if it said nothing, or
   * that it waits for an approval, and nobody can give that any more.
   */
  private boolean isNewOf(CallView silent) {
    lock.lock();
    try {
      return calls
          .getOrDefault(silent.id(), Optional.empty())
          .filter(known -> !isSilent(known))
          .filter(known ->
              !CallState.NO_ANSWER.equals(silent.code()) || known.status() != silent.status())
          .isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Null messages: as before. */
  private void publish(
      @Nullable List<ChatMessage> said,
      Map<String, Optional<CallView>> changedCalls,
      boolean ended) {
    lock.lock();
    try {
      messages = said == null ? messages : said;
      calls.putAll(changedCalls);
      if (ended) {
        answering = null;
        draft = null;
      }
      Snapshot now =
          new Snapshot(
              messages,
              calls.values().stream().flatMap(Optional::stream).toList(),
              draft,
              ended || (newest != null && newest.ended()));
      if (!now.equals(newest)) {
        newest = now;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
