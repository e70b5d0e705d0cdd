package dev.countersign.langchain4j;

import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.ApproverResolver;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.GuardedMethod;
import dev.countersign.guard.ModelCalls;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.guard.proxy.GuardedBeans;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The guarded methods with {@link Tool} as tools for {@code AiServices}, and the tools of other
 * providers that settings guard. The model is told at once that the user was asked, and that
 * nothing has been done yet; or what came of it, if that is known within the tool's {@code await}.
 * What is wrong with a call is told to the model too.
 *
 * <p>The user is whom the {@link ApproverResolver} names on the thread that runs the tool.
 *
 * <p>A call that LangChain4j runs again is the same call; its id counts only within one invocation.
 */
public final class GuardedTools {
  /** Attribute of a tool's result: names the call in {@link GuardedCalls}. */
  public static final String CALL_ID = "countersign.call_id";

  /** Among the parameters of an invocation: the {@link ApprovedCall} that is run. */
  static final String APPROVED_CALL = "countersign.approved_call";

  private final ModelCalls calls;
  private final ToolRegistry tools;

  /**
   * Makes calls.
   *
   * @param tools what {@link #asToolProvider} provides
   */
  public GuardedTools(GuardedCalls calls, ApproverResolver approvers, ToolRegistry tools) {
    this.calls = new ModelCalls(calls, approvers);
    this.tools = tools;
  }

  /**
   * The guarded tools of beans, for {@code AiServices.tools}. Other methods of theirs are not among
   * them.
   *
   * @throws IllegalArgumentException if a bean has none
   */
  public Map<ToolSpecification, ToolExecutor> of(Object... beans) {
    List<GuardedMethod> methods = new ArrayList<>();
    for (Object bean : beans) {
      Collection<GuardedMethod> own = GuardedBeans.methods(bean).values();
      if (ModelTool.of(own).isEmpty()) {
        throw new IllegalArgumentException(
            bean.getClass().getName() + " has no guarded method with @Tool");
      }
      methods.addAll(own);
    }
    Map<ToolSpecification, ToolExecutor> executors = new LinkedHashMap<>();
    ModelTool.of(methods).forEach(tool -> executors.put(tool.specification(), executor(tool)));
    return executors;
  }

  /** All guarded tools of the application, for {@code AiServices.toolProvider}. */
  public ToolProvider asToolProvider() {
    return _ -> ToolProviderResult.builder().addAll(all()).build();
  }

  private List<AiServiceTool> all() {
    return ModelTool.of(tools.methods()).stream()
        .map(tool ->
            AiServiceTool.builder()
                .toolSpecification(tool.specification())
                .toolExecutor(executor(tool))
                .returnBehavior(tool.returnBehavior())
                .build())
        .toList();
  }

  private ToolExecutor executor(ModelTool tool) {
    // what goes to the user at once must not speak to the model
    return new GuardedToolExecutor(
        tool.name(),
        tool::arguments,
        calls,
        tool.returnBehavior() == ReturnBehavior.IMMEDIATE
            ? ModelCalls.Reader.USER
            : ModelCalls.Reader.MODEL);
  }

  /**
   * The tools of another provider, for {@code AiServices.toolProvider}: calls of those that have a
   * {@code countersign.tools.<name>.message} among the settings ask the user first, and are run
   * after a yes, in whatever process of this application is there by then. All other tools are left
   * as they are. In a name only letters and digits count: {@code countersign.tools.create_issue} is
   * about {@code create-issue} too.
   *
   * <p>To be called while beans are made. What is wrong with a tool that is to be guarded stops
   * start-up if the provider can be asked by then, or else keeps it from the model. Before a call
   * is run the provider is asked again, in no conversation: it must offer the tool whatever the
   * user's words are.
   *
   * @param other of a remote server's tools (MCP), say
   */
  public ToolProvider guarding(ToolProvider other) {
    ProvidedTools provided = new ProvidedTools(other);
    tools.add(provided);
    return new GuardedToolProvider(
        provided,
        tools,
        name ->
            new GuardedToolExecutor(
                name, UnaryOperator.identity(), calls, ModelCalls.Reader.MODEL));
  }

  /**
   * The approval under which a tool of another provider is run: for what sends the call, on
   * whatever thread, such as an MCP client's {@code McpHeadersSupplier}. On the thread that runs
   * the tool {@link ApprovedCall#current} has it too.
   *
   * @param context of the tool's execution; null: of none
   * @return empty: what is sent is no approved call, and gets no token
   */
  public static Optional<ApprovedCall> approvedCall(@Nullable InvocationContext context) {
    return context == null || context.invocationParameters() == null
        ? Optional.empty()
        : Optional.ofNullable(context.invocationParameters().get(APPROVED_CALL));
  }
}
