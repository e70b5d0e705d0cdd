package dev.countersign.temporal;

import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import java.util.List;

/**
 * What hears of each call of Temporal and of each task that it gives, on Countersign's own client
 * and workers; those of the lease excepted.
 */
public record TemporalInterceptors(
    List<WorkflowClientInterceptor> client, List<WorkerInterceptor> workers) {
  public TemporalInterceptors {
    client = List.copyOf(client);
    workers = List.copyOf(workers);
  }

  /** All of them hear, in their order. */
  static TemporalInterceptors all(List<TemporalInterceptors> those) {
    return new TemporalInterceptors(
        those.stream().flatMap(some -> some.client().stream()).toList(),
        those.stream().flatMap(some -> some.workers().stream()).toList());
  }

  /** Nobody hears. */
  public static TemporalInterceptors none() {
    return new TemporalInterceptors(List.of(), List.of());
  }
}
