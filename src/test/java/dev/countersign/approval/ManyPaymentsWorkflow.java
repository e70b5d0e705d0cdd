package dev.countersign.approval;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.stream.IntStream;

/** A workflow that asks for several approvals at the same time. */
@WorkflowInterface
public interface ManyPaymentsWorkflow {
  /** Returns how many were given. */
  @WorkflowMethod
  int pay(ApprovalRequest request, int times);

  /** It. */
  final class Impl implements ManyPaymentsWorkflow {
    @Override
    public int pay(ApprovalRequest request, int times) {
      List<Promise<Decision>> decisions =
          IntStream.range(0, times)
              .mapToObj(_ -> Async.function(() -> new Approvals().request(request)))
              .toList();
      return (int)
          decisions.stream().map(Promise::get).filter(Decision.Approved.class::isInstance).count();
    }
  }
}
