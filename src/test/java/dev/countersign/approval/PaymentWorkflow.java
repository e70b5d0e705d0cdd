package dev.countersign.approval;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A workflow that asks once and says what came of it. */
@WorkflowInterface
public interface PaymentWorkflow {
  @WorkflowMethod
  Decision pay(ApprovalRequest request);

  /** What the user was told. */
  @QueryMethod
  List<String> told();

  /** It. */
  final class Impl implements PaymentWorkflow {
    private final List<String> told = new ArrayList<>();

    @Override
    public Decision pay(ApprovalRequest request) {
      return new Approvals()
          .request(
              request,
              new ApprovalProgress() {
                @Override
                public void awaiting(Instant expiresAt) {}

                @Override
                public void askingAgain(String sentence) {
                  told.add(sentence);
                }
              });
    }

    @Override
    public List<String> told() {
      return told;
    }
  }
}
