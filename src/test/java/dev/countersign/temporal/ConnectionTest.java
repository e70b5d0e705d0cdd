package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.settings.InvalidSettingException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  private static final String NAME = "temporal.example.com";

  @TempDir private Path folder;

  private static WorkflowServiceStubsOptions options(String apiKey, TemporalSettings.Tls tls) {
    return Connection.options(
            new TemporalSettings(
                "localhost:7233", "default", apiKey, tls, "shop", Duration.ofSeconds(1)))
        .build();
  }

  @Test
  void isPlainWithoutKeyAndCertificate() {
    WorkflowServiceStubsOptions options = options("", TemporalSettings.Tls.UNSET);
    assertThat(options.getTarget()).isEqualTo("localhost:7233");
    assertThat(options.getEnableHttps()).isFalse();
    assertThat(options.getGrpcMetadataProviders()).isNullOrEmpty();
  }

  @Test
  void isSecuredWithAnApiKeyUnlessThatIsSwitchedOff() {
    WorkflowServiceStubsOptions options = options("hush", TemporalSettings.Tls.UNSET);
    assertThat(options.getEnableHttps()).isTrue();
    assertThat(options.getGrpcMetadataProviders()).hasSize(1);
    assertThat(
            options("hush", new TemporalSettings.Tls(false, null, null, null, "")).getEnableHttps())
        .isFalse();
    assertThat(options("", new TemporalSettings.Tls(true, null, null, null, "")).getEnableHttps())
        .isTrue();
  }

  @Test
  void showsItsCertificateToAServerOfAnotherName() throws IOException {
    HeldCertificate own = new HeldCertificate.Builder().build();
    WorkflowServiceStubsOptions options =
        options(
            "",
            new TemporalSettings.Tls(
                null,
                Files.writeString(folder.resolve("client.pem"), own.certificatePem()),
                Files.writeString(folder.resolve("key.pem"), own.privateKeyPkcs8Pem()),
                null,
                "temporal"));
    assertThat(options.getSslContext()).isNotNull();
    assertThat(options.getChannelInitializer()).isNotNull();
  }

  /** A server of one's own: its certificate is no public authority's, and it asks for ours. */
  @Test
  void reachesAServerThatTrustsAndIsTrustedByFiles() throws IOException {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate client = new HeldCertificate.Builder().signedBy(authority).build();
    HeldCertificate other = new HeldCertificate.Builder().certificateAuthority(0).build();
    Path certificate = written("client.pem", client.certificatePem());
    Path key = written("key.pem", client.privateKeyPkcs8Pem());
    Path trust = written("trust.pem", authority.certificatePem());
    Path wrongTrust = written("wrong.pem", other.certificatePem());
    try (TlsTemporal server = TlsTemporal.start(authority, NAME)) {
      assertThat(answers(server, new TemporalSettings.Tls(null, certificate, key, trust, NAME)))
          .isTrue();
      assertThat(answers(server, new TemporalSettings.Tls(null, null, null, trust, NAME)))
          .as("without a certificate")
          .isFalse();
      assertThat(answers(server, new TemporalSettings.Tls(null, certificate, key, null, NAME)))
          .as("by the Java runtime's authorities")
          .isFalse();
      assertThat(
              answers(server, new TemporalSettings.Tls(null, certificate, key, wrongTrust, NAME)))
          .as("by another authority")
          .isFalse();
      assertThat(answers(server, new TemporalSettings.Tls(null, certificate, key, trust, "other")))
          .as("under another name")
          .isFalse();
    }
  }

  private Path written(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static boolean answers(TlsTemporal server, TemporalSettings.Tls tls) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            Connection.options(
                    new TemporalSettings(
                        server.address(), "default", "", tls, "shop", Duration.ofSeconds(1)))
                .build());
    try {
      var _ =
          stubs
              .blockingStub()
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      return false;
    } finally {
      stubs.shutdownNow();
    }
  }

  @Test
  void saysWhichAuthoritiesAreWrong() throws IOException {
    Path text = written("trust.pem", "hush");
    assertThatThrownBy(() -> options("", new TemporalSettings.Tls(null, null, null, text, "")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("(TEMPORAL_TLS_TRUST)")
        .hasMessageContaining(text.toString())
        .hasMessageNotContaining("hush");
  }

  @Test
  void saysWhichFilesAreWrong() throws IOException {
    Path none = folder.resolve("none.pem");
    Path other = Files.writeString(folder.resolve("other.pem"), "hush");
    assertThatThrownBy(() -> options("", new TemporalSettings.Tls(null, none, other, null, "")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("(TEMPORAL_TLS_CERT)")
        .hasMessageContaining(none.toString());
    assertThatThrownBy(() -> options("", new TemporalSettings.Tls(null, other, other, null, "")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(other.toString())
        .hasMessageNotContaining("hush");
  }
}
