package dev.countersign.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A network between an application and a server on loopback, which can be slow, cut, or swallow
 * what goes one way. What is swallowed arrives when the way is free again and the connection still
 * stands, as TCP would send it once more.
 */
public final class Link implements AutoCloseable {
  private static final int MOST_IN_FLIGHT = 1_000;
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Gate there = new Gate();
  private final Gate back = new Gate();
  private volatile long delayMillis;
  private volatile boolean refusing;

  private Link(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Listens on a free port and passes everything on to another one. */
  public static Link to(int port) {
    try {
      Link link = new Link(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
      Thread.ofVirtual().name("link-accept").start(link::accept);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the application connects. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Delays everything, each way. */
  public void delay(Duration delay) {
    delayMillis = delay.toMillis();
  }

  /** Closes what is open, and closes what is opened, until {@link #reconnect}. */
  public void drop() {
    refusing = true;
    sockets.forEach(Link::close);
  }

  /** Lets connections be opened again. */
  public void reconnect() {
    refusing = false;
  }

  /** Holds back what goes one way, or lets it pass. */
  public void blackHole(boolean towardsServer, boolean on) {
    (towardsServer ? there : back).shut(on);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      drop();
      there.shut(false);
      back.shut(false);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (refusing) {
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // closed, or that one connection is no more
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket onward;
    try {
      onward = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      client.close(); // as the server would refuse it
      return;
    }
    client.setTcpNoDelay(true);
    onward.setTcpNoDelay(true);
    sockets.add(client);
    sockets.add(onward);
    pump(client, onward, there);
    pump(onward, client, back);
  }

  /** What was read, and when it is due; an empty one is the end. */
  private record Chunk(String bytes, long dueNanos) {}

  private void pump(Socket from, Socket to, Gate gate) {
    BlockingQueue<Chunk> inFlight = new LinkedBlockingQueue<>(MOST_IN_FLIGHT);
    Thread.ofVirtual().name("link-read").start(() -> read(from, inFlight));
    Thread.ofVirtual().name("link-write").start(() -> write(inFlight, from, to, gate));
  }

  private void read(Socket from, BlockingQueue<Chunk> inFlight) {
    byte[] buffer = new byte[65_536];
    try {
      try {
        InputStream in = from.getInputStream();
        for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
          String bytes = new String(buffer, 0, length, ISO_8859_1); // byte for byte
          inFlight.put(new Chunk(bytes, System.nanoTime() + delayMillis * 1_000_000));
        }
      } catch (IOException e) {
        // the end as well
      }
      inFlight.put(new Chunk("", System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(BlockingQueue<Chunk> inFlight, Socket from, Socket to, Gate gate) {
    try {
      OutputStream out = to.getOutputStream();
      for (Chunk chunk = inFlight.take(); !chunk.bytes.isEmpty(); chunk = inFlight.take()) {
        Duration left = Duration.ofNanos(chunk.dueNanos - System.nanoTime());
        if (left.isPositive()) {
          Thread.sleep(left);
        }
        gate.pass();
        out.write(chunk.bytes.getBytes(ISO_8859_1));
        out.flush();
      }
    } catch (IOException e) {
      // the end
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone
    }
  }

  /** Lets pass, or lets wait. */
  private static final class Gate {
    private boolean shut;

    synchronized void shut(boolean on) {
      shut = on;
      notifyAll();
    }

    synchronized void pass() throws InterruptedException {
      while (shut) {
        wait();
      }
    }
  }
}
