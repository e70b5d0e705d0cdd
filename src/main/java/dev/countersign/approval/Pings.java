package dev.countersign.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLocal;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * The pings that have come for the requests of one workflow, in workflow code. One that comes
 * before the answer to its request is kept and compared when the answer is there.
 */
final class Pings implements PingListener {
  /** More than any provider sends while answers to the requests of one workflow are due. */
  private static final int MOST_KEPT = 20;

  /** A workflow may ask for several approvals, but hears a signal in one place only. */
  private static final WorkflowLocal<Pings> OF_WORKFLOW =
      WorkflowLocal.withCachedInitial(Pings::listening);

  private final Deque<CibaPing> early = new ArrayDeque<>();
  private final List<CibaPing> expected = new ArrayList<>();
  private final List<CibaPing> heard = new ArrayList<>();
  private int answersDue;

  private Pings() {}

  /** Those of the present workflow. */
  static Pings here() {
    return OF_WORKFLOW.get();
  }

  private static Pings listening() {
    Pings pings = new Pings();
    Workflow.registerListener(pings);
    return pings;
  }

  @Override
  public void pinged(CibaPing ping) {
    if (contains(expected, ping)) {
      hear(ping);
    } else if (answersDue > 0 && !contains(early, ping)) {
      if (early.size() == MOST_KEPT) {
        early.removeFirst();
      }
      early.addLast(ping);
    }
  }

  @Override
  public boolean belongs(CibaPing ping) {
    return answersDue > 0 || contains(expected, ping);
  }

  /** A request goes out: a ping for it may come before its answer. */
  void asking() {
    answersDue++;
  }

  /** The answer to a request has come, or none will. */
  void asked() {
    answersDue--;
    if (answersDue == 0) {
      early.clear();
    }
  }

  void expect(Notification notification) {
    CibaPing ping = ping(notification);
    expected.add(ping);
    if (contains(early, ping)) {
      hear(ping);
    }
  }

  boolean hasCome(Notification notification) {
    return contains(heard, ping(notification));
  }

  private void hear(CibaPing ping) {
    if (!contains(heard, ping)) {
      heard.add(ping);
    }
  }

  private static boolean contains(Collection<CibaPing> pings, CibaPing ping) {
    return pings.stream().anyMatch(known -> same(known, ping));
  }

  private static CibaPing ping(Notification notification) {
    return new CibaPing(notification.tokenDigest(), notification.authReqIdDigest());
  }

  /** In constant time, so that nobody learns a digest by trying. */
  private static boolean same(CibaPing one, CibaPing other) {
    return MessageDigest.isEqual(bytes(one), bytes(other));
  }

  private static byte[] bytes(CibaPing ping) {
    return (ping.tokenDigest() + " " + ping.authReqIdDigest()).getBytes(UTF_8);
  }
}
