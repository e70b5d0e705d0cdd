package dev.countersign.app.purchase;

import dev.countersign.app.shop.BearerToken;
import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.Order;
import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.app.shop.ShopClient;
import dev.countersign.approval.ApprovalRequest;
import dev.countersign.approval.TokenEnd;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Vault;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.spring.boot.ActivityImpl;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** The seam between a purchase and the shop. */
@ActivityImpl(taskQueues = PurchaseStart.TASK_QUEUE)
public final class PurchaseActivitiesImpl implements PurchaseActivities {
  private final ShopClient shop;
  private final Vault vault;
  private final PurchaseSettings settings;
  private final Clock clock;
  private final PhoneMessages messages;

  /**
   * Makes the activities for one shop.
   *
   * @param clock the Temporal server's, by which tokens end and attempts are over
   */
  public PurchaseActivitiesImpl(
      ShopClient shop, Vault vault, PurchaseSettings settings, Clock clock) {
    this.shop = shop;
    this.vault = vault;
    this.settings = settings;
    this.clock = clock;
    this.messages = new PhoneMessages(settings.bindingMessage(), settings.details());
  }

  @Override
  public PurchaseTerms terms(PurchaseInput input) {
    Purchase purchase = input.purchase();
    OrderingSettings ordering = settings.ordering();
    Optional<String> message = messages.of(purchase);
    return new PurchaseTerms(
        new ApprovalRequest(
            input.userID(),
            message.orElse(""),
            settings.scopes(),
            settings.audience(),
            settings.details().of(purchase).orElse(null),
            settings.requestedExpiry(),
            input.approver(),
            settings.acrValues(),
            settings.reAsk()),
        ordering.callTimeout(),
        ordering.shopIsIdempotent(),
        ordering.patience(),
        message.isPresent() ? null : PhoneMessages.problem(purchase),
        ordering.askAgainWhenTokenEnds(),
        ordering.longestDelay(),
        ordering.lookUpNotFoundAfter(),
        ordering.settleWithin());
  }

  @Override
  public OrderAnswer placeOrder(PlaceOrder order) {
    if (TokenEnd.hasCome(order.tokenExpiresAt(), clock.instant())) {
      return new OrderAnswer.TokenEnded();
    }
    if (isOver()) {
      return new OrderAnswer.NotSent("The attempt was over before anything was sent");
    }
    Purchase purchase = order.purchase();
    try {
      return shop.order(
          new Order(purchase.product(), purchase.qty(), purchase.priceLimit()),
          token(order),
          workflowId());
    } catch (SealBrokenException e) {
      return new OrderAnswer.NotSent(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public LookUpAnswer lookUpOrder(PlaceOrder order) {
    if (TokenEnd.hasCome(order.tokenExpiresAt(), clock.instant())) {
      return new LookUpAnswer.Unknown("The approved token has ended", null);
    }
    try {
      return shop.lookUp(token(order), workflowId());
    } catch (SealBrokenException e) {
      return new LookUpAnswer.Unknown(String.valueOf(e.getMessage()), null);
    }
  }

  /**
   * After a machine has stood still: the workflow has gone on without this attempt, and may have
   * told its user that nothing was ordered.
   */
  private boolean isOver() {
    ActivityInfo attempt = Activity.getExecutionContext().getInfo();
    return clock.millis() - attempt.getStartedTimestamp()
        >= attempt.getStartToCloseTimeout().toMillis();
  }

  private BearerToken token(PlaceOrder order) throws SealBrokenException {
    return new BearerToken(vault.open(order.token(), workflowId()));
  }

  private static String workflowId() {
    return Objects.requireNonNull(Activity.getExecutionContext().getInfo().getWorkflowId());
  }
}
