package dev.countersign.guard;

/**
 * Is told what becomes of calls: beans of this type are, in their order.
 *
 * <p>The news of one call come one after the other, in the order in which they happened, each at
 * least once, in whatever process of the application: it may be another one than the call was made
 * in. They carry no token. The call itself doesn't wait for it: a listener may learn late what its
 * user has long seen.
 */
@FunctionalInterface
public interface CallListener {

  /**
   * Takes the news, within a minute.
   *
   * @throws Exception to be told again later, with growing pauses, for a day from when it happened;
   *     then the next news follow. Other listeners are told meanwhile, perhaps again too
   */
  void told(CallNews news) throws Exception;
}
