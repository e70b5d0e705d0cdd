package dev.countersign.app.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.countersign.app.purchase.Purchase;
import org.jspecify.annotations.Nullable;

/**
 * A tool call of the model's, checked before it reaches the workflow. The names on the wire live in
 * workflow histories: never change one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "call")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ToolCall.BuyCall.class, name = "buy"),
  @JsonSubTypes.Type(value = ToolCall.ListCall.class, name = "list"),
  @JsonSubTypes.Type(value = ToolCall.CancelCall.class, name = "cancel"),
  @JsonSubTypes.Type(value = ToolCall.InvalidCall.class, name = "invalid")
})
public sealed interface ToolCall {

  /** Unique within the transcript; never used outside it. */
  String id();

  /** Name of the tool. */
  String tool();

  /** A valid call of {@code shop_online}. */
  record BuyCall(String id, Purchase purchase) implements ToolCall {
    @Override
    public String tool() {
      return ShopOnlineTool.NAME;
    }
  }

  /**
   * A valid call of {@code list_purchases}.
   *
   * @param status word of a {@link PurchaseFilter}; null: all
   */
  record ListCall(String id, @Nullable String status) implements ToolCall {
    @Override
    public String tool() {
      return ListPurchasesTool.NAME;
    }
  }

  /**
   * A call of {@code cancel_purchase}.
   *
   * @param purchase a {@link PurchaseReference} or a purchase's id; which one is not known yet
   */
  record CancelCall(String id, String purchase) implements ToolCall {
    @Override
    public String tool() {
      return CancelPurchaseTool.NAME;
    }
  }

  /**
   * A call that can't be run.
   *
   * @param arguments a JSON object
   * @param problem what the model is told
   * @param sentence for the user, should the model not say it; null: it is nothing to the user
   */
  record InvalidCall(
      String id, String tool, String arguments, String problem, @Nullable String sentence)
      implements ToolCall {

    /** One that the model has to mend. */
    InvalidCall(String id, String tool, String arguments, String problem) {
      this(id, tool, arguments, problem, null);
    }
  }
}
