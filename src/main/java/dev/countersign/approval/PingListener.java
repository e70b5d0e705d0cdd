package dev.countersign.approval;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;

/** What any workflow that asks for approvals hears. The names live in workflow histories. */
public interface PingListener {

  /** The provider has pinged; a ping for no request of this workflow changes nothing. */
  @SignalMethod(name = "CibaPing")
  void pinged(CibaPing ping);

  /** Whether a ping belongs to a request of this workflow, or to one whose answer is due. */
  @QueryMethod(name = "CibaPingBelongs")
  boolean belongs(CibaPing ping);
}
