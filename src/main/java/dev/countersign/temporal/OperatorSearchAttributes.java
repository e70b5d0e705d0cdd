package dev.countersign.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Search attributes by the server's operator service, which not every server opens to everybody.
 */
final class OperatorSearchAttributes implements SearchAttributeRegistry, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OperatorSearchAttributes.class);
  private static final Set<Status.Code> NOT_ALLOWED =
      Set.of(Status.Code.PERMISSION_DENIED, Status.Code.UNAUTHENTICATED, Status.Code.UNIMPLEMENTED);

  private final OperatorServiceStubs operator;
  private final WorkflowServiceStubs workflows;
  private final String namespace;

  /** Connects as the stubs do, at the first call. */
  OperatorSearchAttributes(WorkflowServiceStubs workflows, String namespace) {
    this.operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder(workflows.getOptions())
                .validateAndBuildWithDefaults());
    this.workflows = workflows;
    this.namespace = namespace;
  }

  @Override
  public Optional<Map<String, IndexedValueType>> registered() {
    try {
      return Optional.of(
          operator
              .blockingStub()
              .listSearchAttributes(
                  ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
              .getCustomAttributesMap());
    } catch (StatusRuntimeException e) {
      if (NOT_ALLOWED.contains(e.getStatus().getCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public boolean register(String name, IndexedValueType type) {
    try {
      var _ =
          operator
              .blockingStub()
              .addSearchAttributes(
                  AddSearchAttributesRequest.newBuilder()
                      .setNamespace(namespace)
                      .putSearchAttributes(name, type)
                      .build());
      return true;
    } catch (StatusRuntimeException e) {
      log.debug("Search attribute {} could not be registered", name, e);
      return false;
    }
  }

  /** A query names the attribute: the server refuses it until it knows it. */
  @Override
  public boolean isUsable(String name) {
    try {
      var _ =
          workflows
              .blockingStub()
              .countWorkflowExecutions(
                  CountWorkflowExecutionsRequest.newBuilder()
                      .setNamespace(namespace)
                      .setQuery(name + " IS NOT NULL")
                      .build());
      return true;
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case INVALID_ARGUMENT -> false;
        case UNIMPLEMENTED -> true; // no queries here, so nothing more can be asked
        default -> throw e;
      };
    }
  }

  @Override
  public void close() {
    operator.shutdown();
  }
}
