package dev.countersign.app.shop;

/** A shop, as its buyer sees it. */
public interface ShopClient {

  /**
   * Posts an order once; never repeats it by itself.
   *
   * @param token the approved access token, sent as {@code Authorization: Bearer} (RFC 6750 2.1)
   * @param idempotencyKey the same for every attempt at one order, so that a shop that honours the
   *     {@code Idempotency-Key} header orders once
   */
  OrderAnswer order(Order order, BearerToken token, String idempotencyKey);

  /** Asks once whether there is an order under a key. */
  LookUpAnswer lookUp(BearerToken token, String idempotencyKey);
}
