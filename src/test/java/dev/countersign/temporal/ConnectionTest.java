package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.settings.InvalidSettingException;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
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
    assertThat(options("hush", new TemporalSettings.Tls(false, null, null, "")).getEnableHttps())
        .isFalse();
    assertThat(options("", new TemporalSettings.Tls(true, null, null, "")).getEnableHttps())
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
                "temporal"));
    assertThat(options.getSslContext()).isNotNull();
    assertThat(options.getChannelInitializer()).isNotNull();
  }

  @Test
  void saysWhichFilesAreWrong() throws IOException {
    Path none = folder.resolve("none.pem");
    Path other = Files.writeString(folder.resolve("other.pem"), "hush");
    assertThatThrownBy(() -> options("", new TemporalSettings.Tls(null, none, other, "")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("(TEMPORAL_TLS_CERT)")
        .hasMessageContaining(none.toString());
    assertThatThrownBy(() -> options("", new TemporalSettings.Tls(null, other, other, "")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(other.toString())
        .hasMessageNotContaining("hush");
  }
}
