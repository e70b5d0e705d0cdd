package dev.countersign.temporal;

import java.util.List;

/**
 * What else runs on Countersign's worker: beans of this type are registered before it starts to
 * poll. A workflow that asks for approvals itself belongs there, for the activities that it needs
 * are there.
 *
 * @param workflows implementations of workflow interfaces
 * @param activities implementations of activity interfaces
 */
public record WorkerRegistration(List<Class<?>> workflows, List<Object> activities) {
  public WorkerRegistration {
    workflows = List.copyOf(workflows);
    activities = List.copyOf(activities);
  }
}
