package dev.countersign.http;

import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.TlsVersion;
import org.jspecify.annotations.Nullable;

/** How far one call has come, and what a failure then means for its request. */
final class CallProgress extends EventListener {
  /** As the Java runtime words the alerts that are about a client's certificate (RFC 8446 6.2). */
  private static final Pattern CERTIFICATE_REFUSED =
      Pattern.compile("Received fatal alert: (\\w*certificate\\w*|unknown_ca)");

  private volatile boolean securedByTls13;
  private volatile boolean sent;

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    securedByTls13 = handshake != null && handshake.tlsVersion() == TlsVersion.TLS_1_3;
  }

  @Override
  public void requestHeadersStart(Call call) {
    sent = true;
  }

  /** Whether the server may have read the request, of which the call failed in this way. */
  boolean mayHaveArrived(Exception failure) {
    return sent && !isRefusedCertificate(failure);
  }

  /**
   * With TLS 1.3 a client may send its request before it hears that its certificate was refused;
   * the server judges the certificate first, and never reads the request (RFC 8446 4.4). That holds
   * for the server's own word on a connection of this call only: on an older one the request was
   * read, with TLS 1.2 a server may ask for the certificate after the request, and whatever this
   * side finds wrong comes too late to keep the server from reading.
   */
  private boolean isRefusedCertificate(Exception failure) {
    return securedByTls13
        && failure instanceof SSLHandshakeException
        && CERTIFICATE_REFUSED.matcher(String.valueOf(failure.getMessage())).find();
  }
}
