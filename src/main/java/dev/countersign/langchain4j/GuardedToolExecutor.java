package dev.countersign.langchain4j;

import dev.countersign.guard.ApproverResolver;
import dev.countersign.guard.CallAnswer;
import dev.countersign.guard.CallNotDoneException;
import dev.countersign.guard.CallUser;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.InvalidArgumentsException;
import dev.countersign.guard.KeyUsedException;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a call of a model's, and says in words what came of it. */
final class GuardedToolExecutor implements ToolExecutor {
  private static final Logger log = LoggerFactory.getLogger(GuardedToolExecutor.class);

  private final String tool;
  private final UnaryOperator<String> arguments;
  private final Function<CallAnswer, String> words;
  private final GuardedCalls calls;
  private final ApproverResolver approvers;

  /**
   * Starts calls of a tool.
   *
   * @param arguments makes those that the tool takes of what a model writes
   * @param words says what came of a call to whoever gets it, a model or the user
   */
  GuardedToolExecutor(
      String tool,
      UnaryOperator<String> arguments,
      Function<CallAnswer, String> words,
      GuardedCalls calls,
      ApproverResolver approvers) {
    this.tool = tool;
    this.arguments = arguments;
    this.words = words;
    this.calls = calls;
    this.approvers = approvers;
  }

  @Override
  public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
    return called(request, null).resultText(); // without an invocation, its id names no call
  }

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, @Nullable InvocationContext context) {
    return called(request, context);
  }

  private ToolExecutionResult called(
      ToolExecutionRequest request, @Nullable InvocationContext context) {
    String id;
    try {
      id = start(request, context);
    } catch (CallNotDoneException | KeyUsedException e) {
      return problem(String.valueOf(e.getMessage()));
    } catch (InvalidArgumentsException e) {
      return problem(e.getMessage() + "\nCall the tool again with valid arguments, or ask.");
    } catch (IllegalArgumentException e) {
      return problem("Nothing was done. " + e.getMessage());
    } catch (RuntimeException e) {
      log.warn("Nobody knows right now whether a call of {} began", tool, e);
      return problem(
          "It can't be known right now whether the user is going to be asked to approve this on"
              + " their device. Tell them so, and don't call it again unless they want it.");
    }
    CallAnswer answer = calls.answer(tool, id);
    return ToolExecutionResult.builder()
        .isError(answer instanceof CallAnswer.NotDone)
        .resultText(words.apply(answer))
        .attributes(Map.of(GuardedTools.CALL_ID, id))
        .build();
  }

  private String start(ToolExecutionRequest request, @Nullable InvocationContext context) {
    CallUser user = approvers.required();
    String written = request.arguments();
    @Nullable Object[] read =
        calls.arguments(
            tool, arguments.apply(written == null || written.isBlank() ? "{}" : written));
    Optional<String> key = CallKey.of(request, context);
    return key.isPresent()
        ? calls.startOnce(user, key.get(), tool, read).id()
        : calls.start(user, tool, read);
  }

  private static ToolExecutionResult problem(String words) {
    return ToolExecutionResult.builder().isError(true).resultText(words).build();
  }
}
