package dev.countersign.e2e;

import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.Remember;
import dev.countersign.guard.RequiresApproval;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A tool of the chat whose approvals are remembered. */
public class StandingOrders {
  private final List<String> paid = new CopyOnWriteArrayList<>();

  @Tool(name = "pay_again", value = "Pay somebody who was paid before")
  @RequiresApproval(
      name = "pay_again",
      message = "Pay {amount} EUR to {recipient} again",
      scopes = "transfer:create",
      remember = Remember.USER)
  String payAgain(@P("How much, in EUR") BigDecimal amount, @P("Who gets it") String recipient) {
    paid.add(ApprovedCall.current().idempotencyKey());
    return "Paid " + amount + " EUR to " + recipient;
  }

  /** Ids of the calls that were done, in their order. */
  public List<String> paid() {
    return List.copyOf(paid);
  }

  /** What a model writes that calls it. */
  public static ToolExecutionRequest call(int amount, String recipient) {
    return ToolExecutionRequest.builder()
        .id("call_1")
        .name("pay_again")
        .arguments("{\"amount\": %d, \"recipient\": \"%s\"}".formatted(amount, recipient))
        .build();
  }
}
