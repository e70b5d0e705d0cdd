package dev.countersign.devservices.temporal;

import com.google.protobuf.util.Durations;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;

/** A server as its clients meet it. */
final class Frontend implements AutoCloseable {
  private static final int RETENTION_DAYS = 30; // as long as an idempotency key holds

  private final WorkflowServiceStubs service;

  Frontend(String target) {
    service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(target)
                .setRpcTimeout(Duration.ofSeconds(3))
                .build());
  }

  /** Asks again and again until the server serves; false if it didn't in time. */
  static boolean servesWithin(Duration limit, String target) {
    Instant deadline = Instant.now().plus(limit);
    try (Frontend frontend = new Frontend(target)) {
      while (!frontend.isServing()) {
        if (Instant.now().isAfter(deadline)) {
          return false;
        }
        Pause.brief();
      }
      return true;
    }
  }

  boolean isServing() {
    try {
      return service.healthCheck().getStatus() == ServingStatus.SERVING;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  /** Keeps ended workflows for 30 days; false if the namespace isn't there yet. */
  boolean keepsHistories() {
    try {
      service
          .blockingStub()
          .updateNamespace(
              UpdateNamespaceRequest.newBuilder()
                  .setNamespace("default")
                  .setConfig(
                      NamespaceConfig.newBuilder()
                          .setWorkflowExecutionRetentionTtl(Durations.fromDays(RETENTION_DAYS)))
                  .build());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() {
    service.shutdownNow();
  }
}
