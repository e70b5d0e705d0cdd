package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server's answers are taken for. */
@Timeout(20)
class GrpcTemporalServerTest {
  private final Namespaces namespaces = new Namespaces();
  private final Server server =
      NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .addService(namespaces)
          .build();

  /** Describes every namespace alike. */
  private static final class Namespaces extends WorkflowServiceGrpc.WorkflowServiceImplBase {
    private volatile NamespaceConfig config = NamespaceConfig.getDefaultInstance();
    private volatile String asked = "";

    /** Asked by the SDK before anything else. */
    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
      answer.onNext(GetSystemInfoResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void describeNamespace(
        DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> answer) {
      asked = request.getNamespace();
      answer.onNext(DescribeNamespaceResponse.newBuilder().setConfig(config).build());
      answer.onCompleted();
    }
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  private List<Duration> retention() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + server.getPort())
                .build());
    try {
      return new GrpcTemporalServer(stubs, "orders").describeNamespace().stream().toList();
    } finally {
      stubs.shutdownNow();
    }
  }

  @Test
  void saysHowLongItsNamespaceKeepsHistories() {
    namespaces.config =
        NamespaceConfig.newBuilder()
            .setWorkflowExecutionRetentionTtl(Durations.fromDays(3))
            .build();
    assertThat(retention()).containsExactly(Duration.ofDays(3));
    assertThat(namespaces.asked).isEqualTo("orders");
  }

  @Test
  void mayNotSayIt() {
    assertThat(retention()).isEmpty();
  }
}
