package dev.countersign.app.chat.model;

import dev.countersign.app.chat.model.ModelActivities.ModelCall;
import dev.countersign.app.chat.model.ModelActivities.ModelReply;
import dev.countersign.app.chat.tool.Asker;
import dev.countersign.app.chat.transcript.ToolCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.purchase.Purchase;
import dev.countersign.guard.CallUser;
import dev.countersign.guard.CoveredBy;
import dev.countersign.guard.FrozenCall;
import dev.countersign.guard.GuardedCalls;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A model that answers what a test told it to, in that order, and remembers what it was asked. */
public final class ScriptedModel implements ModelActivities {
  private sealed interface Step {
    record Reply(ModelReply reply) implements Step {}

    record Fail(boolean forGood) implements Step {}

    record Trouble(ModelTrouble trouble, @Nullable Instant until) implements Step {}

    record CutOff(String text) implements Step {}

    record Hold(CountDownLatch until, ModelReply reply) implements Step {}
  }

  private static final JsonMapper JSON = new JsonMapper();

  /** As the settings have them. */
  private static final TurnTerms TERMS = new TurnTerms(10, 120, null, null, null);

  private volatile @Nullable CoveredBy coveredBy;
  private final BlockingQueue<Step> script = new LinkedBlockingQueue<>();
  private final List<ModelCall> calls = new CopyOnWriteArrayList<>();
  private final GuardedCalls guarded;

  /** One whose calls of tools are frozen. */
  public ScriptedModel(GuardedCalls guarded) {
    this.guarded = guarded;
  }

  /** A call of {@code shop_online}. */
  public static ToolCall buy(String id, Purchase purchase) {
    return new GuardedToolCall(
        id,
        "shop_online",
        "{\"product\":\"%s\",\"qty\":%d}".formatted(purchase.product(), purchase.qty()));
  }

  public void says(String text) {
    script.add(new Step.Reply(new ModelReply(text, List.of())));
  }

  public void buys(Purchase... purchases) {
    script.add(
        new Step.Reply(
            new ModelReply(
                null,
                Arrays.stream(purchases)
                    .map(purchase -> buy("id-" + script.size(), purchase))
                    .toList())));
  }

  /** Says only the beginning of an answer, for nobody waits for it any more. */
  public void isCutOff(String text) {
    script.add(new Step.CutOff(text));
  }

  public void callsWrongly(String problem) {
    script.add(
        new Step.Reply(
            new ModelReply(
                null,
                List.of(new InvalidCall("id-" + script.size(), "shop_online", "{}", problem)))));
  }

  /** Calls tools, all at once. */
  public void calls(ToolCall... calls) {
    script.add(new Step.Reply(new ModelReply(null, List.of(calls))));
  }

  /** Fails for good, and says why. */
  public void fails(ModelTrouble trouble) {
    script.add(new Step.Trouble(trouble, null));
  }

  /** Isn't asked: its user has used up what they may use. */
  public void isUsedUp(Instant until) {
    script.add(new Step.Trouble(ModelTrouble.BUDGET_SPENT, until));
  }

  public void fails() {
    script.add(new Step.Fail(true));
  }

  public void failsOnce() {
    script.add(new Step.Fail(false));
  }

  /** Says the text as soon as the latch is open. */
  public void holds(CountDownLatch until, String text) {
    script.add(new Step.Hold(until, new ModelReply(text, List.of())));
  }

  /** Buys as soon as the latch is open. */
  public void holds(CountDownLatch until, Purchase purchase) {
    script.add(new Step.Hold(until, new ModelReply(null, List.of(buy("id-held", purchase)))));
  }

  /** From now on, calls are covered by an earlier approval, as far as workflow code can see. */
  public void isCovered(CoveredBy approval) {
    coveredBy = approval;
  }

  private FrozenCall covered(FrozenCall call) {
    if (coveredBy == null) {
      return call;
    }
    ObjectNode snapshot = (ObjectNode) JSON.readTree(call.snapshot());
    snapshot.set("remember", JSON.createObjectNode().set("coveredBy", JSON.valueToTree(coveredBy)));
    return new FrozenCall(snapshot.toString(), call.seal(), call.request());
  }

  public List<ModelCall> calls() {
    return List.copyOf(calls);
  }

  @Override
  public ModelReply callModel(ModelCall call) {
    calls.add(call);
    return switch (script.poll()) {
      case null -> throw failure(true, "The script is at its end");
      case Step.Reply(var reply) -> frozen(reply, call.asker());
      case Step.CutOff(var text) ->
          new ModelReply(
              text, List.of(), List.of(), null, new TurnTerms(10, 120, null, null, true));
      case Step.Trouble(var trouble, var until) -> throw trouble.failure("Scripted", until);
      case Step.Fail(var forGood) -> throw failure(forGood, "The model is away");
      case Step.Hold(var until, var reply) -> {
        await(until);
        yield frozen(reply, call.asker());
      }
    };
  }

  /** As the real model's activity does. */
  private ModelReply frozen(ModelReply reply, @Nullable Asker asker) {
    if (asker == null) {
      return new ModelReply(reply.text(), List.of(), List.of(), null, TERMS);
    }
    List<FrozenCall> frozen = new ArrayList<>();
    for (ToolCall call : reply.calls()) {
      if (call instanceof GuardedToolCall(_, var tool, var arguments)) {
        String conversation = asker.conversationId();
        frozen.add(
            covered(
                guarded.freeze(
                    new CallUser(asker.userID(), asker.approver()),
                    tool,
                    conversation.substring(conversation.lastIndexOf('-') + 1)
                        + "-"
                        + (asker.nextCall() + frozen.size()),
                    conversation,
                    guarded.arguments(tool, arguments))));
      }
    }
    return new ModelReply(reply.text(), reply.calls(), frozen, reply.usage(), TERMS);
  }

  private static ApplicationFailure failure(boolean forGood, String words) {
    return forGood
        ? ApplicationFailure.newNonRetryableFailure(words, "Scripted")
        : ApplicationFailure.newFailure(words, "Scripted");
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw failure(true, "The test never opened the latch");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
