package dev.countersign.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * Ends TLS before a server that has none, and passes on what comes and goes: it shows a certificate
 * of an authority's, asks for one of the same authority, and speaks HTTP/2.
 */
final class TlsFront implements AutoCloseable {
  /** Whom it has let in: the subject of the certificate, and the protocol that was agreed on. */
  final List<String> letIn = new CopyOnWriteArrayList<>();

  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final SSLServerSocket server;
  private final int behind;

  /**
   * Begins to accept connections.
   *
   * @param authority of both sides' certificates
   * @param name the only one in its certificate
   * @param behind port of the server on this machine
   */
  TlsFront(HeldCertificate authority, String name, int behind) {
    HeldCertificate own =
        new HeldCertificate.Builder().signedBy(authority).addSubjectAlternativeName(name).build();
    this.behind = behind;
    try {
      server =
          (SSLServerSocket)
              new HandshakeCertificates.Builder()
                  .heldCertificate(own)
                  .addTrustedCertificate(authority.certificate())
                  .build()
                  .sslContext()
                  .getServerSocketFactory()
                  .createServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SSLParameters parameters = server.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    parameters.setNeedClientAuth(true);
    server.setSSLParameters(parameters);
    Thread.startVirtualThread(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) server.accept();
        open.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        return; // it was closed
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      socket.startHandshake();
      letIn.add(
          socket.getSession().getPeerPrincipal().getName() + " " + socket.getApplicationProtocol());
      Thread back = Thread.startVirtualThread(() -> pass(server, socket));
      pass(socket, server);
      back.join();
    } catch (IOException e) {
      // not let in, or gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of them is gone, and by this the other
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
