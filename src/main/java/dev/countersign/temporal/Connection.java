package dev.countersign.temporal;

import dev.countersign.settings.InvalidSettingException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** The connection of the settings. */
final class Connection {
  private Connection() {}

  /**
   * Options that connect as the settings say.
   *
   * @throws InvalidSettingException if a certificate or a key can't be read
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
    if (settings.isSecure() && (tls.certificate() != null || tls.trust() != null)) {
      options.setSslContext(sslContext(tls));
    }
    if (!tls.serverName().isBlank() && settings.isSecure()) {
      options.setChannelInitializer(channel -> channel.overrideAuthority(tls.serverName()));
    }
    return options;
  }

  private static SslContext sslContext(TemporalSettings.Tls tls) {
    SslContextBuilder context = GrpcSslContexts.forClient();
    Path trust = tls.trust();
    Path certificate = tls.certificate();
    Path key = tls.key();
    if (trust != null) {
      read(
          () -> context.trustManager(trust.toFile()),
          "countersign.temporal.tls.trust (TEMPORAL_TLS_TRUST) must name certificates of"
              + " certification authorities, a PEM file, but is "
              + trust);
    }
    if (certificate != null && key != null) {
      read(
          () -> context.keyManager(certificate.toFile(), key.toFile()),
          "countersign.temporal.tls.certificate (TEMPORAL_TLS_CERT) and countersign.temporal.tls.key"
              + " (TEMPORAL_TLS_KEY) must name a certificate and its private key, PEM files, but are "
              + certificate
              + " and "
              + key);
    }
    try {
      return context.build();
    } catch (SSLException e) {
      throw new InvalidSettingException("TLS to Temporal is not possible with these files: " + e);
    }
  }

  private static void read(Runnable file, String fault) {
    try {
      file.run();
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(fault + ": " + e + ".");
    }
  }
}
