package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server behind the link says every byte again. */
class LinkTest {
  private static final int SHORT_MILLIS = 300;
  private static final int LONG_MILLIS = 10_000;

  @SuppressWarnings("NullAway.Init")
  private ServerSocket echo;

  @SuppressWarnings("NullAway.Init")
  private Link link;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    link = Link.to(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    link.close();
    echo.close();
  }

  @Test
  void passesOnWhatIsSaid() throws IOException {
    try (Socket client = connect()) {
      assertThat(said(client, 200)).isEqualTo(200);
      assertThat(said(client, 0)).isZero();
    }
  }

  @Test
  void delaysEachWay() throws IOException {
    link.delay(Duration.ofMillis(100));
    try (Socket client = connect()) {
      long began = System.nanoTime();
      assertThat(said(client, 7)).isEqualTo(7);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(200));
    }
  }

  @Test
  void closesWhatIsOpenAndRefusesUntilReconnected() throws IOException {
    try (Socket client = connect()) {
      assertThat(said(client, 1)).isEqualTo(1);
      link.drop();
      assertEnded(client);
    }
    try (Socket refused = connect()) {
      assertEnded(refused);
    }
    link.reconnect();
    try (Socket client = connect()) {
      assertThat(said(client, 2)).isEqualTo(2);
    }
  }

  @Test
  void holdsBackOneWayAndGoesOnAfterwards() throws IOException {
    for (boolean towardsServer : new boolean[] {true, false}) {
      try (Socket client = connect()) {
        link.blackHole(towardsServer, true);
        client.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> said(client, 3)).isInstanceOf(SocketTimeoutException.class);
        link.blackHole(towardsServer, false);
        client.setSoTimeout(LONG_MILLIS);
        assertThat(client.getInputStream().read()).isEqualTo(3);
      }
    }
  }

  private static void assertEnded(Socket client) {
    try {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private Socket connect() throws IOException {
    String[] address = link.address().split(":", 2);
    Socket client = new Socket(address[0], Integer.parseInt(address[1]));
    client.setSoTimeout(LONG_MILLIS);
    return client;
  }

  private static int said(Socket client, int value) throws IOException {
    client.getOutputStream().write(value);
    return client.getInputStream().read();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Thread.ofVirtual().start(() -> repeat(socket));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private static void repeat(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // the end
    }
  }
}
