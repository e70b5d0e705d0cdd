package dev.countersign.temporal;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/**
 * Changes how Countersign connects to Temporal, beyond what the settings can say. Beans of this
 * type are asked in their order; the host's own client and workers are not concerned.
 */
public interface TemporalCustomizer {

  /** Changes the connection: other certificates, or headers. */
  default void connection(WorkflowServiceStubsOptions.Builder options) {}

  /**
   * Changes the client: a data converter of the host's. Payloads are sealed after it, where that is
   * set ({@code countersign.temporal.payloads.mode}); one with a codec of its own, that encrypts
   * say, goes with mode {@code plain} only. The identity must stay as it is.
   */
  default void client(WorkflowClientOptions.Builder options) {}
}
