package dev.countersign.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** TLS before a server that has none, as a proxy in production; with a certificate of its own. */
final class TlsFront implements AutoCloseable {
  private final ServerSocket server;
  private volatile int target;

  private TlsFront(ServerSocket server) {
    this.server = server;
  }

  static TlsFront start() {
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(
                new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build())
            .build();
    try {
      TlsFront front =
          new TlsFront(
              certificates
                  .sslContext()
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("tls-front").start(front::accept);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  String url() {
    return "https://localhost:" + server.getLocalPort();
  }

  /** Passes everything on to this server from now on. */
  void passOnTo(String url) {
    target = URI.create(url).getPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pump(client, behind));
        Thread.ofVirtual().start(() -> pump(behind, client));
      } catch (IOException e) {
        // closed, or that one connection is no more
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one side has gone, and so does the other
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
