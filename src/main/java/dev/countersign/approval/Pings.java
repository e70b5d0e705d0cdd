package dev.countersign.approval;

import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/**
 * The pings that a workflow has got, in workflow code. One that comes before the provider's answer
 * to the request is stored is kept until then.
 */
final class Pings implements PingListener {
  /** More are no provider's: each request gets one ping, perhaps twice. */
  private static final int MOST = 100;

  private final List<Ping> received = new ArrayList<>();
  private final List<Notification> expected = new ArrayList<>();

  /** Listens from now on; signals that came earlier are heard too. */
  static Pings heard() {
    Pings pings = new Pings();
    Workflow.registerListener(pings);
    return pings;
  }

  @Override
  public void ping(Ping ping) {
    if (!received.contains(ping) && received.size() < MOST) {
      received.add(ping);
    }
  }

  @Override
  public boolean isForeign(Ping ping) {
    return expected.stream()
        .anyMatch(
            notification -> ping.hasToken(notification.tokenDigest()) && !notification.isFor(ping));
  }

  void expect(Notification notification) {
    expected.add(notification);
  }

  boolean haveOne(Notification notification) {
    return received.stream().anyMatch(notification::isFor);
  }
}
