package dev.countersign.temporal;

import dev.countersign.settings.InvalidSettingException;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.temporal.serviceclient.SimpleSslContextBuilder;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The connection of the settings. */
final class Connection {
  private Connection() {}

  /**
   * Options that connect as the settings say.
   *
   * @throws InvalidSettingException if the certificate or its key can't be read
   */
  static WorkflowServiceStubsOptions.Builder options(TemporalSettings settings) {
    TemporalSettings.Tls tls = settings.tls();
    var options =
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget(settings.address())
            .setEnableHttps(settings.isSecure());
    if (!settings.apiKey().isBlank()) {
      options.addApiKey(settings::apiKey);
    }
    if (tls.certificate() != null && tls.key() != null && settings.isSecure()) {
      options.setSslContext(sslContext(tls.certificate(), tls.key()));
    }
    if (!tls.serverName().isBlank() && settings.isSecure()) {
      options.setChannelInitializer(channel -> channel.overrideAuthority(tls.serverName()));
    }
    return options;
  }

  private static SslContext sslContext(Path certificate, Path key) {
    try (InputStream chain = Files.newInputStream(certificate);
        InputStream privateKey = Files.newInputStream(key)) {
      return SimpleSslContextBuilder.forPKCS8(chain, privateKey).build();
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingException(
          "countersign.temporal.tls.certificate (TEMPORAL_TLS_CERT) and countersign.temporal.tls.key"
              + " (TEMPORAL_TLS_KEY) must name a certificate and its private key, PEM files, but are "
              + certificate
              + " and "
              + key
              + ": "
              + e
              + ".");
    }
  }
}
