package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.devservices.loopback.FreePort;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls of a server that was there a moment ago. */
@Timeout(20)
class BoundedCallsTest {
  private final int port = FreePort.next();
  private final TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port);
  private final AtomicInteger asked = new AtomicInteger();
  private final WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options());
  private final WorkflowClient client = WorkflowClient.newInstance(stubs);

  private WorkflowServiceStubsOptions options() {
    var options = WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:" + port);
    new BoundedCalls(Duration.ofMillis(300), this::isThoughtToBeReachable).applyTo(options);
    return options.build();
  }

  /** True when first asked, as in the first seconds of an outage, and then no longer. */
  private boolean isThoughtToBeReachable() {
    return asked.getAndIncrement() == 0;
  }

  @BeforeEach
  void outage() {
    stubs.connect(Duration.ofSeconds(10));
    assertThat(stubs.getServerCapabilities().get()).isNotNull();
    server.close();
  }

  @AfterEach
  void close() {
    stubs.shutdownNow();
  }

  @Test
  void startFailsSoonAsAnOutage() {
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            "Purchase", WorkflowOptions.newBuilder().setTaskQueue("countersign").build());
    assertThat(Outage.isBehind(catchThrowable(workflow::start))).isTrue();
  }

  @Test
  void updateFailsAsAnOutageOnceTemporalIsKnownToBeAway() {
    WorkflowStub workflow = client.newUntypedWorkflowStub("c-1");
    Throwable thrown = catchThrowable(() -> workflow.update("say", String.class, "hi"));
    assertThat(thrown).hasRootCauseInstanceOf(TemporalAwayException.class);
    assertThat(Outage.isBehind(thrown)).isTrue();
    assertThat(asked).hasValue(2);
  }
}
