package dev.countersign.app.purchase;

import dev.countersign.app.shop.BearerToken;
import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.Order;
import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.app.shop.ShopClient;
import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.LookUp;
import dev.countersign.guard.LooksUp;
import dev.countersign.guard.NotDoneException;
import dev.countersign.guard.OutcomeUnknownException;
import dev.countersign.guard.RefusedException;
import dev.countersign.guard.RequiresApproval;
import dev.countersign.guard.TokenNotAcceptedException;
import dev.countersign.guard.WithoutEmoji;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import java.math.BigDecimal;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tool {@code shop_online}: buys a product once its user has approved that. */
@Component
class ShopOnline {
  static final String NAME = "shop_online";

  private final ShopClient shop;
  private final ShopProperties settings;

  ShopOnline(ShopClient shop, ShopProperties settings) {
    this.shop = shop;
    this.settings = settings;
  }

  /** The order's number, as {@code Order 1001}, or else the shop's status text. */
  @Tool(name = NAME, value = "Tool to buy products online")
  @RequiresApproval(
      name = NAME,
      message = "Do you want to buy {qty} {product}[ for at most {priceLimit}]",
      scopes = "product:buy",
      idempotent = true)
  String buy(
      @P("The product, in the user's words") @WithoutEmoji @ProductName String product,
      @P("How many pieces, 1 to 1000") @Pieces int qty,
      @P(
              value = "Highest total price, more than 0; leave out when the user named none",
              required = false)
          @PriceLimit
          @Nullable BigDecimal priceLimit) {
    ApprovedCall call = ApprovedCall.current();
    OrderAnswer answer =
        shop.order(
            new Order(asShown(product), qty, priceLimit), token(call), call.idempotencyKey());
    return switch (answer) {
      case OrderAnswer.Ordered(var statusText, var number) -> receipt(statusText, number);
      case OrderAnswer.Unauthorized(var words) -> // it may not know the newest key at first
          throw call.attempt() == 1
              ? new NotDoneException(words)
              : new TokenNotAcceptedException(words);
      case OrderAnswer.Conflict(var words) -> // a request under this key is there
          throw settings.idempotent()
              ? new OutcomeUnknownException(words, null)
              : new RefusedException(words);
      case OrderAnswer.Refused(_, var words) -> throw new RefusedException(words);
      case OrderAnswer.NotSent(var reason) -> throw new NotDoneException(reason);
      case OrderAnswer.Busy(var status, var retryAfter) ->
          throw new NotDoneException("The shop was busy (" + status + ")", retryAfter);
      case OrderAnswer.Unknown(var reason, var retryAfter) ->
          throw new OutcomeUnknownException(reason, retryAfter);
    };
  }

  /** Letters of another width or font are shown as what they stand for, and ordered so. */
  private static String asShown(String product) {
    return Normalizer.normalize(product, Normalizer.Form.NFKC).strip();
  }

  @LooksUp(NAME)
  LookUp lookUp() {
    if (settings.lookupUrl() == null) {
      return new LookUp.NotPossible();
    }
    ApprovedCall call = ApprovedCall.current();
    return switch (shop.lookUp(token(call), call.idempotencyKey())) {
      case LookUpAnswer.Ordered(var statusText, var number) ->
          new LookUp.Done(receipt(statusText, number));
      case LookUpAnswer.NotFound() -> new LookUp.NotFound(settings.lookupNotFoundAfter());
      case LookUpAnswer.Unknown(var reason, var retryAfter) ->
          new LookUp.Unclear(reason, retryAfter);
    };
  }

  /** A status says nothing that the user doesn't know already. */
  private static String receipt(String statusText, @Nullable String number) {
    return number == null ? statusText : "Order " + number;
  }

  private static BearerToken token(ApprovedCall call) {
    if (call.token() == null) { // a policy has let it through, but not the shop
      throw new RefusedException("The shop takes no order without its user's approval");
    }
    return new BearerToken(call.token());
  }
}
