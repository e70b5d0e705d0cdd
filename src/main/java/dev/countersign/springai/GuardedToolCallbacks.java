package dev.countersign.springai;

import dev.countersign.guard.ApproverResolver;
import dev.countersign.guard.CallAnswer;
import dev.countersign.guard.CallUser;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.GuardedMethod;
import dev.countersign.guard.ModelCalls;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.guard.proxy.GuardedBeans;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.metadata.ToolMetadata;
import org.springframework.ai.tool.support.ToolDefinitions;

/**
 * The guarded methods with Spring AI's {@link Tool} as tools for {@code ChatClient.tools}, and
 * tools of others that settings guard. The model is told at once that the user was asked, and that
 * nothing has been done yet; or what came of it, if that is known within the tool's {@code await}.
 * What is wrong with a call is told to the model too, in words and never as an exception.
 *
 * <p>The user is whom the {@link ApproverResolver} names on the thread that runs the tool, unless
 * {@link #asking} says who. A streamed answer runs its tools on a thread of Reactor's.
 *
 * <p>Spring AI doesn't tell a tool which call of the model's it runs. So equal calls are one call
 * while it pends; {@link #keyedBy} tells further ones from those, and repeated ones as the same.
 *
 * <p>Nor does it tell a tool in which conversation it runs. So an approval that is remembered in
 * its conversation ({@link dev.countersign.guard.Remember#CONVERSATION}) needs {@code
 * toolContext(Map.of(ChatMemory.CONVERSATION_ID, id))} beside the memory's advisor, or a user who
 * is in one ({@link CallUser#in}); of calls in none, nothing is remembered so.
 */
public final class GuardedToolCallbacks {
  private final ModelCalls calls;
  private final ToolRegistry tools;
  private final Answers answers;

  /**
   * Makes calls.
   *
   * @param tools what {@link #asProvider} provides
   */
  public GuardedToolCallbacks(GuardedCalls calls, ApproverResolver approvers, ToolRegistry tools) {
    this(new ModelCalls(calls, approvers), tools, Answers.USUAL);
  }

  private GuardedToolCallbacks(ModelCalls calls, ToolRegistry tools, Answers answers) {
    this.calls = calls;
    this.tools = tools;
    this.answers = answers;
  }

  /**
   * The same tools, whose calls are made in the name of this user, on whatever thread: for streamed
   * answers, and for agents without a request.
   */
  public GuardedToolCallbacks asking(CallUser user) {
    return new GuardedToolCallbacks(calls.asking(() -> Optional.of(user)), tools, answers);
  }

  /**
   * The same tools, for one turn of a conversation that may be repeated. A call of a tool with
   * equal arguments is the same call whenever it is made under the same key by the same user, for
   * as long as the namespace keeps its history; under another key it is another call.
   *
   * @param key of the turn, such as the {@code Idempotency-Key} of its request
   */
  public GuardedToolCallbacks keyedBy(String key) {
    return new GuardedToolCallbacks(calls, tools, answers.keyedBy(key));
  }

  /**
   * The same tools, whose answers are not for the model: {@link ToolMetadata#returnDirect} has
   * Spring AI return them to whoever called {@code ChatClient}, in words for the user. That saves
   * the model a round in which it could say what isn't so. Spring AI does it only if all tools that
   * the model calls at once return directly; several of them are several results, of which {@code
   * content()} has but the first.
   */
  public GuardedToolCallbacks answeringDirectly() {
    return new GuardedToolCallbacks(calls, tools, answers.directly());
  }

  /**
   * The same tools, and a listener for one turn: it learns of each call that was made, by its id in
   * {@link GuardedCalls}, on the thread that runs the tool. Who must learn how a call ends is a
   * {@link dev.countersign.guard.CallListener}.
   */
  public GuardedToolCallbacks telling(Consumer<? super CallAnswer> listener) {
    return new GuardedToolCallbacks(calls, tools, answers.telling(listener));
  }

  /**
   * The tools of beans, for {@code ChatClient.tools}: methods with {@link Tool} that are guarded
   * ask, all others are as Spring AI makes them.
   *
   * @throws IllegalArgumentException if a bean has no guarded method with {@link Tool}
   */
  public ToolCallback[] of(Object... beans) {
    List<ToolCallback> all = new ArrayList<>();
    for (Object bean : beans) {
      Map<String, ToolCallback> guarded = new TreeMap<>();
      callbacks(GuardedBeans.methods(bean).values())
          .forEach(callback -> guarded.put(callback.getToolDefinition().name(), callback));
      if (guarded.isEmpty()) {
        throw new IllegalArgumentException(
            bean.getClass().getName() + " has no guarded method with @Tool of Spring AI's");
      }
      all.addAll(guarded.values());
      for (ToolCallback other : ToolCallbacks.from(bean)) {
        if (!guarded.containsKey(other.getToolDefinition().name())) {
          all.add(other);
        }
      }
    }
    return all.toArray(ToolCallback[]::new);
  }

  /** All guarded methods of the application with {@link Tool}, for {@code ChatClient.tools}. */
  public ToolCallbackProvider asProvider() {
    return () -> callbacks(tools.methods()).toArray(ToolCallback[]::new);
  }

  private List<ToolCallback> callbacks(Collection<GuardedMethod> methods) {
    return methods.stream()
        .filter(method -> ToolMethods.isTool(method.method()))
        .sorted(Comparator.comparing(GuardedMethod::name))
        .<ToolCallback>map(method ->
            new GuardedToolCallback(
                method.name(),
                ToolDefinitions.from(method.method()),
                ToolMetadata.from(method.method()),
                calls,
                answers))
        .toList();
  }

  /**
   * Tools of another provider, for {@code ChatClient.tools}: calls of those that have a {@code
   * countersign.tools.<name>.message} among the settings ask the user first, and are run after a
   * yes, in whatever process of this application is there by then. All other tools are left as they
   * are. In a name only letters and digits count: {@code countersign.tools.create_issue} is about
   * {@code create-issue} too.
   *
   * <p>To be called while beans are made, for each provider; later only for one that was guarded
   * then, so that its calls get the key, the user or the listener of a turn. What is wrong with a
   * tool that is to be guarded stops start-up if the provider can be asked by then, or else keeps
   * it from the model. Before a call is run the provider is asked again.
   *
   * @param other of a remote server's tools (MCP), say; or what this has returned for it
   */
  public ToolCallbackProvider guarding(ToolCallbackProvider other) {
    OfferedCallbacks offered =
        other instanceof GuardedToolCallbackProvider guarded
            ? guarded.provided()
            : new OfferedCallbacks(other);
    tools.add(offered);
    return new GuardedToolCallbackProvider(
        offered,
        tools,
        (name, callback) ->
            new GuardedToolCallback(
                name, callback.getToolDefinition(), callback.getToolMetadata(), calls, answers));
  }

  /** The same of single tools. */
  public ToolCallbackProvider guarding(ToolCallback... others) {
    return guarding(new SingleCallbacks(List.of(others)));
  }
}
