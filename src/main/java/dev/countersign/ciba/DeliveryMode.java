package dev.countersign.ciba;

/** How the client learns that the user has decided (CIBA Core 5). */
public enum DeliveryMode {
  /** The client asks the token endpoint at the provider's pace. */
  POLL,
  /** The provider says when, the client then asks the token endpoint. */
  PING,
  /** The provider sends the tokens to the client: not supported. */
  PUSH
}
