package dev.countersign.app.chat.tool;

import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.guard.CallNotDoneException;
import dev.countersign.guard.CallUser;
import dev.countersign.guard.FrozenCall;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.InvalidArgumentsException;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.langchain4j.ModelTool;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import org.springframework.stereotype.Component;

/** The guarded methods that are tools of the model's: those of any bean, with {@link Tool}. */
@Component
class GuardedTools {
  private final ToolRegistry tools;
  private final GuardedCalls calls;

  GuardedTools(ToolRegistry tools, GuardedCalls calls) {
    this.tools = tools;
    this.calls = calls;
  }

  /** What the model is told of them. */
  List<ToolSpecification> specifications() {
    return ModelTool.of(tools.methods()).stream().map(ModelTool::specification).toList();
  }

  /** Whether one of them has that name. */
  boolean has(String name) {
    return ModelTool.of(tools.methods()).stream().anyMatch(tool -> tool.name().equals(name));
  }

  /** What came of a call. */
  sealed interface Result {
    /** Its user can be asked. */
    record Asked(GuardedToolCall call, FrozenCall frozen) implements Result {}

    /** It can't be run. */
    record Refused(InvalidCall call) implements Result {}
  }

  /**
   * Freezes a call; nothing begins if nobody can be asked for it.
   *
   * @param number of the call in the conversation
   */
  Result freeze(String id, String tool, String arguments, Asker asker, int number) {
    String kept = ToolArguments.kept(arguments);
    try {
      FrozenCall frozen =
          calls.freeze(
              new CallUser(asker.userID(), asker.approver(), asker.conversationId()),
              tool,
              name(asker.conversationId(), number),
              asker.conversationId(),
              calls.arguments(tool, named(tool, arguments)));
      return new Result.Asked(new GuardedToolCall(id, tool, kept), frozen);
    } catch (CallNotDoneException e) {
      String problem = String.valueOf(e.getMessage());
      return new Result.Refused(new InvalidCall(id, tool, kept, problem, problem, true));
    } catch (InvalidArgumentsException e) {
      String sentence = "Nothing was done. " + String.join(". ", e.problems()) + ".";
      return new Result.Refused(
          new InvalidCall(id, tool, kept, ToolArguments.toBeMended(sentence), sentence, false));
    } catch (IllegalArgumentException e) {
      return new Result.Refused(
          new InvalidCall(id, tool, kept, "Nothing was done. " + e.getMessage()));
    }
  }

  /**
   * Whether a call is the same as one that has begun.
   *
   * @param arguments of that, as the model gave them; what was too long to be kept is never the
   *     same
   */
  boolean isSame(FrozenCall call, String arguments) {
    String tool = call.tool();
    try {
      return call.arguments()
          .equals(calls.frozen(tool, calls.arguments(tool, named(tool, arguments))));
    } catch (IllegalArgumentException _) { // not kept, or of another version of the tool
      return false;
    }
  }

  /** The model's arguments by the names of the parameters. */
  private String named(String tool, String arguments) {
    return tools
        .method(tool)
        .map(method -> new ModelTool(method).arguments(arguments))
        .orElse(arguments);
  }

  /** The same in each attempt: the end of the conversation's id, and the number. */
  private static String name(String conversationId, int number) {
    return conversationId.substring(conversationId.lastIndexOf('-') + 1) + "-" + number;
  }
}
