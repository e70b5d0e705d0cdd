package dev.countersign.app.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.app.purchase.Purchase;
import dev.countersign.app.purchase.PurchaseStart;
import dev.countersign.app.purchase.PurchaseState;
import dev.countersign.app.purchase.Purchases;
import dev.countersign.app.purchase.TooLateToCancelException;
import io.temporal.activity.Activity;
import io.temporal.spring.boot.ActivityImpl;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at purchases and takes them back as the API does. */
@Component
@ActivityImpl(taskQueues = PurchaseStart.TASK_QUEUE)
class PurchaseToolActivitiesImpl implements PurchaseToolActivities {
  private static final int MOST = 20;

  /** Of a list, as it is stored: with usual names 20 purchases take half of it. */
  private static final int MOST_BYTES = 12_000;

  private final Purchases purchases;

  PurchaseToolActivitiesImpl(Purchases purchases) {
    this.purchases = purchases;
  }

  @Override
  public String listPurchases(ListPurchases input) {
    List<PurchaseState> found =
        new OwnPurchases(purchases, input.userID(), input.purchaseIds())
            .newest(PurchaseFilter.statusesOf(input.status()), MOST + 1);
    ObjectNode result = ToolArguments.JSON.createObjectNode();
    var list = result.putArray("purchases");
    int bytes = 0;
    for (PurchaseState purchase : found) {
      ObjectNode told = told(purchase);
      bytes += Stored.textBytes(told.toString());
      if (list.size() == MOST || bytes > MOST_BYTES) {
        result.put("more", true);
        break;
      }
      list.add(told);
    }
    return result.toString();
  }

  private static ObjectNode told(PurchaseState purchase) {
    ObjectNode told =
        ToolArguments.JSON
            .createObjectNode()
            .put(CancelPurchaseTool.PURCHASE, PurchaseReference.of(purchase.id()))
            .put("product", purchase.product())
            .put("qty", purchase.qty());
    if (purchase.priceLimit() != null) {
      told.put("priceLimit", purchase.priceLimit());
    }
    told.put("status", purchase.status().name()).put("askedAt", purchase.requestedAt().toString());
    putIfThere(told, "expiresAt", purchase.expiresAt());
    putIfThere(told, "result", purchase.result());
    putIfThere(told, "reason", purchase.reason());
    return told;
  }

  private static void putIfThere(ObjectNode told, String name, @Nullable Object value) {
    if (value != null) {
      told.put(name, value.toString());
    }
  }

  @Override
  public Cancellation cancelPurchase(CancelPurchase input) {
    var own = new OwnPurchases(purchases, input.userID(), input.purchaseIds());
    Collection<String> meant = own.meant(input.purchase());
    if (meant.size() > 1) {
      return notDone("several purchases have that reference; give the whole id: " + meant);
    }
    try {
      return meant.stream()
          .findFirst()
          .flatMap(own::cancel)
          .map(purchase -> cancellation(purchase, input.conversationId()))
          .orElseGet(
              () -> notDone("the user has no such purchase; look it up with list_purchases."));
    } catch (TooLateToCancelException e) {
      return notDone(Optional.ofNullable(e.getBody().getDetail()).orElse("it is too late."));
    }
  }

  private static Cancellation cancellation(PurchaseState purchase, String conversationId) {
    if (endedBefore(purchase)) {
      return notDone("this purchase was cancelled before.");
    }
    var cancelled = new Purchase(purchase.product(), purchase.qty(), purchase.priceLimit());
    return new Cancellation(
        conversationId.equals(purchase.conversationId())
            ? Sentences.beingCancelled(cancelled)
            : Sentences.cancelled(cancelled),
        cancelled);
  }

  /** Not by this call, nor by an attempt of it whose end was not heard of. */
  private static boolean endedBefore(PurchaseState purchase) {
    Instant asked =
        Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
    return purchase.endedAt() != null && purchase.endedAt().isBefore(asked);
  }

  private static Cancellation notDone(String why) {
    return new Cancellation("Not cancelled: " + why, null);
  }
}
