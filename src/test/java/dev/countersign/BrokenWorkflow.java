package dev.countersign;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** A workflow whose implementation is known by nothing but this interface. */
@WorkflowInterface
interface BrokenWorkflow {
  @WorkflowMethod
  List<Object> run() throws InterruptedException;
}
