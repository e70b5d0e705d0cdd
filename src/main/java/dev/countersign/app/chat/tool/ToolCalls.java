package dev.countersign.app.chat.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.chat.transcript.Outcomes;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
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
  /** What model servers accept as a name; another is not sent back to them. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  /** A server takes its own ids, some of which carry what it wants to know again. */
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7E]{1,4000}");

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
  private final List<GuardedToolCall> before;
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
    before = inNewestTurn(transcript);
  }

  /**
   * Checks a call, and freezes it if its tool is guarded; one that can't be run, or is the same as
   * one before it in this turn, is an {@link InvalidCall}.
   */
  public ToolCall check(ToolExecutionRequest request) {
    String id = idFor(request.id());
    String name = name(request.name());
    String excess = excess(name);
    if (excess != null) {
      return new InvalidCall(
          id,
          name,
          "{}",
          "Not done: at most " + excess + " at once. Ask the user before you go on.",
          InvalidCall.TOO_MANY,
          true);
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
        if (isMadeAlready(what)) {
          guarded--;
          yield new InvalidCall(id, name, call.arguments(), AGAIN);
        }
        frozen.add(what);
        yield call;
      }
      case GuardedTools.Result.Refused(var call) -> call;
    };
  }

  /** In this reply or in one before it that answers the same words of the user's. */
  private boolean isMadeAlready(FrozenCall call) {
    return frozen.stream()
            .anyMatch(other ->
                other.tool().equals(call.tool()) && other.arguments().equals(call.arguments()))
        || before.stream()
            .anyMatch(
                other -> other.tool().equals(call.tool()) && tools.isSame(call, other.arguments()));
  }

  private static List<GuardedToolCall> inNewestTurn(List<Entry> transcript) {
    List<GuardedToolCall> calls = new ArrayList<>();
    for (Entry entry : transcript) {
      switch (entry) {
        case Said _ -> calls.clear();
        case ToolsCalled called ->
            called.calls().stream()
                .filter(GuardedToolCall.class::isInstance)
                .map(GuardedToolCall.class::cast)
                .forEach(calls::add);
        case ToolReturned _ -> {}
      }
    }
    return calls;
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

  /** The tool's, as the model means it. */
  private String name(@Nullable String given) {
    if (given == null) {
      return "unknown";
    }
    String name = given.strip();
    String meant = tools.meant(name);
    if (meant != null) {
      return meant;
    }
    return NAME.matcher(name).matches() ? name : "unknown";
  }

  private String idFor(@Nullable String given) {
    if (given != null
        && ID.matcher(given).matches()
        && !Outcomes.isIdOfOne(given)
        && used.add(given)) {
      return given;
    }
    for (int n = used.size() + 1; ; n++) {
      String ours = "call%05d".formatted(n); // nine letters and digits: Mistral takes no others
      if (used.add(ours)) {
        return ours;
      }
    }
  }

  private static Stream<String> ids(Entry entry) {
    return switch (entry) {
      case ToolsCalled called -> called.calls().stream().map(ToolCall::id);
      case Said _, ToolReturned _ -> Stream.empty();
    };
  }
}
