package dev.countersign.app.shop;

/** Takes the place of a shop where none is set: nothing is ordered anywhere. */
public final class MockShopClient implements ShopClient {

  /** Answers {@code Ordered 2 headphones}. */
  @Override
  public OrderAnswer order(Order order, BearerToken token, String idempotencyKey) {
    return new OrderAnswer.Ordered("Ordered " + order.qty() + " " + order.product());
  }

  /** Nothing is there to be found. */
  @Override
  public LookUpAnswer lookUp(BearerToken token, String idempotencyKey) {
    return new LookUpAnswer.NotFound();
  }
}
