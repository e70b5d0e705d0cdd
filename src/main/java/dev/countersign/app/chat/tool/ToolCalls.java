package dev.countersign.app.chat.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import dev.countersign.guard.FrozenCall;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The model's tool calls, each with an id of its own: a call without one, or with a used one, gets
 * ours. Equal calls of guarded tools are one call: small models write the same several times.
 */
public final class ToolCalls {
  /** What model servers accept; an id or name that is none of these is not sent back to them. */
  private static final Pattern SENDABLE = Pattern.compile("[a-zA-Z0-9_-]{1,40}");

  /** Most calls of guarded tools in one reply: each rings the user's phone. */
  private static final int MOST_GUARDED = 5;

  /** Most lists in one reply: each may be long. */
  private static final int MOST_LISTS = 3;

  /** Most calls in one reply that are run. */
  public static final int MOST_CALLS = 20;

  private static final String AGAIN =
      "Not made again: it is the same as a call before it, and counts as that one. If the user"
          + " wants it more than once, ask them.";

  private final Tools tools;
  private final Asker asker;
  private final Set<String> used = new HashSet<>();
  private int checked;
  private final List<FrozenCall> frozen = new ArrayList<>();
  private int guarded;
  private int lists;

  /**
   * Of one reply.
   *
   * @param transcript holds the ids that are used
   * @param asker in whose name tools are called
   */
  public ToolCalls(Tools tools, List<Entry> transcript, Asker asker) {
    this.tools = tools;
    this.asker = asker;
    transcript.stream().flatMap(ToolCalls::ids).forEach(used::add);
  }

  /**
   * Checks a call, and freezes it if its tool is guarded; one that can't be run, or is the same as
   * one before it, is an {@link InvalidCall}.
   */
  public ToolCall check(ToolExecutionRequest request) {
    String id = idFor(request.id());
    String name = request.name() != null && isSendable(request.name()) ? request.name() : "unknown";
    String excess = excess(name);
    if (excess != null) {
      return new InvalidCall(
          id,
          name,
          "{}",
          "Not done: at most " + excess + " at once. Ask the user before you go on.");
    }
    String given = request.arguments() == null ? "" : request.arguments();
    Optional<ObjectNode> arguments = ToolArguments.object(given.isBlank() ? "{}" : given);
    return arguments
        .map(object ->
            tools.isGuarded(name)
                ? freeze(id, name, object.toString())
                : tools.check(id, name, object))
        .orElseGet(() ->
            new InvalidCall(
                id,
                name,
                "{}",
                ToolArguments.toBeMended(
                    "Nothing was done. The arguments are not a JSON object.")));
  }

  private ToolCall freeze(String id, String name, String arguments) {
    return switch (tools.freeze(id, name, arguments, asker, asker.nextCall() + frozen.size())) {
      case GuardedTools.Result.Asked(var call, var what) -> {
        if (frozen.stream().anyMatch(before -> isSame(before, what))) {
          guarded--;
          yield new InvalidCall(id, name, call.arguments(), AGAIN);
        }
        frozen.add(what);
        yield call;
      }
      case GuardedTools.Result.Refused(var call) -> call;
    };
  }

  private static boolean isSame(FrozenCall before, FrozenCall call) {
    return before.tool().equals(call.tool()) && before.arguments().equals(call.arguments());
  }

  /** What the calls of guarded tools ask, in their order. */
  public List<FrozenCall> frozen() {
    return List.copyOf(frozen);
  }

  /** What there is too much of; null: nothing. */
  private @Nullable String excess(String name) {
    checked++;
    if (tools.isGuarded(name) && ++guarded > MOST_GUARDED) {
      return MOST_GUARDED + " requests for approval";
    }
    if (name.equals(ListCall.NAME) && ++lists > MOST_LISTS) {
      return MOST_LISTS + " lists";
    }
    return checked > MOST_CALLS ? MOST_CALLS + " calls" : null;
  }

  private String idFor(@Nullable String given) {
    if (given != null && isSendable(given) && used.add(given)) {
      return given;
    }
    for (int n = used.size() + 1; ; n++) {
      String ours = "call-" + n;
      if (used.add(ours)) {
        return ours;
      }
    }
  }

  private static boolean isSendable(String text) {
    return SENDABLE.matcher(text).matches();
  }

  private static Stream<String> ids(Entry entry) {
    return switch (entry) {
      case ToolsCalled(_, var calls) -> calls.stream().map(ToolCall::id);
      case Said _, ToolReturned _ -> Stream.empty();
    };
  }
}
