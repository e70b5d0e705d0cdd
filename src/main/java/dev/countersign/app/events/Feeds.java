package dev.countersign.app.events;

import dev.countersign.app.api.Caller;
import dev.countersign.app.call.CallView;
import dev.countersign.app.call.Calls;
import dev.countersign.app.chat.conversation.ConversationNotFoundException;
import dev.countersign.app.chat.conversation.ConversationState;
import dev.countersign.app.chat.conversation.Conversations;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The conversations that are watched at this process, each once however many watch it. At shutdown
 * it ends the streams before the web server begins to wait for the requests under way.
 */
@Component
final class Feeds implements SmartLifecycle {
  private final ConcurrentMap<Key, Shared> shared = new ConcurrentHashMap<>();
  private final BiFunction<Caller, String, ConversationSource> sources;

  /** Not so before the start: the web server takes requests a moment earlier. */
  private volatile boolean stopped;

  @Autowired
  Feeds(Conversations conversations, Calls calls, LongPolls server) {
    this((caller, id) ->
        new Live(conversations, calls, server, caller, conversations.checked(caller, id)));
  }

  Feeds(BiFunction<Caller, String, ConversationSource> sources) {
    this.sources = sources;
  }

  /** Nobody gets at another's feed, even by its conversation's id. */
  private record Key(Caller caller, String conversationId) {}

  private record Shared(Feed feed, int viewers) {}

  /** One viewer's hold on a feed. */
  record View(Feed feed, Runnable leave) implements AutoCloseable {
    @Override
    public void close() {
      leave.run();
    }
  }

  /**
   * Watches a conversation until the view is closed.
   *
   * @throws ConversationNotFoundException if the caller has no such conversation
   */
  View open(Caller caller, String conversationId) {
    Key key = new Key(caller, conversationId);
    Feed feed = join(key);
    View view = new View(feed, () -> leave(key));
    try {
      feed.open();
    } catch (RuntimeException e) {
      view.close();
      throw e;
    }
    if (stopped) {
      feed.stop();
    }
    return view;
  }

  /** Finds out which viewers of this user have gone: their streams end. */
  void probe(Caller caller) {
    shared.forEach((key, there) -> {
      if (key.caller().equals(caller)) {
        there.feed().probe();
      }
    });
  }

  private Feed join(Key key) {
    return shared
        .compute(
            key,
            (_, there) ->
                there == null
                    ? new Shared(new Feed(key.conversationId(), source(key)), 1)
                    : new Shared(there.feed(), there.viewers() + 1))
        .feed();
  }

  private ConversationSource source(Key key) {
    return sources.apply(key.caller(), key.conversationId());
  }

  private void leave(Key key) {
    shared.computeIfPresent(
        key,
        (_, there) -> {
          if (there.viewers() > 1) {
            return new Shared(there.feed(), there.viewers() - 1);
          }
          there.feed().stop();
          return null;
        });
  }

  @Override
  public void start() {
    stopped = false;
  }

  @Override
  public void stop() {
    stopped = true;
    shared.values().forEach(there -> there.feed().stop());
  }

  @Override
  public boolean isRunning() {
    return !stopped;
  }

  /** Before the web server's graceful shutdown, which waits for every request. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }

  private record Live(
      Conversations conversations,
      Calls calls,
      LongPolls server,
      Caller caller,
      String conversationId)
      implements ConversationSource {
    @Override
    public ConversationState conversation() {
      return conversations.state(caller, conversationId);
    }

    @Override
    public @Nullable String draft() {
      return conversations.draft(caller, conversationId);
    }

    @Override
    public Optional<CallView> call(String id) {
      return calls.find(caller, id);
    }

    @Override
    public List<CallView> calls(List<String> ids) {
      return calls.find(caller, ids);
    }

    @Override
    public History history(String workflowId) {
      return new TemporalHistory(server, workflowId);
    }
  }
}
