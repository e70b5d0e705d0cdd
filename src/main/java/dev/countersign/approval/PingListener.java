package dev.countersign.approval;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;

/** How a workflow that waits for an approval hears of a ping; {@link Approvals} registers it. */
public interface PingListener {
  /** Name of the signal. */
  String PING = "CibaPing";

  /** Name of the query. */
  String PING_IS_FOREIGN = "CibaPingIsForeign";

  /** A request has been decided; a ping that fits none changes nothing. */
  @SignalMethod(name = PING)
  void ping(Ping ping);

  /**
   * Whether it is certain that a ping's token belongs to another request than the one it names: not
   * while the provider's answer to the request isn't there yet.
   */
  @QueryMethod(name = PING_IS_FOREIGN)
  boolean isForeign(Ping ping);
}
