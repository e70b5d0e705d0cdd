package dev.countersign.devservices.temporal;

import dev.countersign.devservices.loopback.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports of the loopback interface. */
final class Ports {
  private static final int CONNECT_MILLIS = 500;

  private Ports() {}

  /**
   * The port itself, or for 0 a free one that no outgoing connection can take meanwhile.
   *
   * @param variable the environment variable that moves it
   * @throws IllegalStateException if another program has it
   */
  static int claim(int port, String variable) {
    if (port == 0) {
      return FreePort.next();
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Port "
              + port
              + " is taken by another program. Stop that program, or set "
              + variable
              + " to a free port; if it is a Temporal server, set TEMPORAL_ADDRESS to use it.",
          e);
    }
  }

  static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
