package dev.countersign.app.purchase;

import dev.countersign.app.shop.BearerToken;
import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.Order;
import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.app.shop.ShopClient;
import dev.countersign.metrics.PeerMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** Tells whether a shop did its part when it was asked last. */
final class MeteredShop implements ShopClient {
  private final ShopClient shop;
  private final PeerMeter peer;

  MeteredShop(ShopClient shop, MeterRegistry meters, InstantSource clock) {
    this.shop = shop;
    this.peer = new PeerMeter(meters, "shop", clock);
  }

  @Override
  public OrderAnswer order(Order order, BearerToken token, String idempotencyKey) {
    OrderAnswer answer = shop.order(order, token, idempotencyKey);
    switch (answer) {
      case OrderAnswer.Ordered _,
          OrderAnswer.Unauthorized _,
          OrderAnswer.Conflict _,
          OrderAnswer.Refused _ ->
          peer.answered();
      case OrderAnswer.NotSent _, OrderAnswer.Busy _, OrderAnswer.Unknown _ -> peer.failed();
    }
    return answer;
  }

  @Override
  public LookUpAnswer lookUp(BearerToken token, String idempotencyKey) {
    LookUpAnswer answer = shop.lookUp(token, idempotencyKey);
    switch (answer) {
      case LookUpAnswer.Ordered _, LookUpAnswer.NotFound _ -> peer.answered();
      case LookUpAnswer.Unknown _ -> peer.failed();
    }
    return answer;
  }
}
