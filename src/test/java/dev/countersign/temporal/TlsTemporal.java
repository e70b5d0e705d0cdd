package dev.countersign.temporal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import okhttp3.tls.HeldCertificate;

/**
 * What of a Temporal server a connection needs, behind TLS: it has a certificate of an authority,
 * and serves who has another of the same.
 */
record TlsTemporal(Server server) implements AutoCloseable {
  static TlsTemporal start(HeldCertificate authority, String name) throws IOException {
    HeldCertificate own =
        new HeldCertificate.Builder().signedBy(authority).addSubjectAlternativeName(name).build();
    return new TlsTemporal(
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(
                GrpcSslContexts.forServer(
                        stream(own.certificatePem()), stream(own.privateKeyPkcs8Pem()))
                    .trustManager(authority.certificate())
                    .clientAuth(ClientAuth.REQUIRE)
                    .build())
            .addService(new SystemInfo())
            .build()
            .start());
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class SystemInfo extends WorkflowServiceImplBase {
    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
      answer.onNext(GetSystemInfoResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
