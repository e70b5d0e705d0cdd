package dev.countersign.answers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on loopback that sends what it is given byte by byte, be it HTTP or not. Who
 * answers depends on the first part of the path, so that many cases can share it.
 */
public final class AnsweringServer implements AutoCloseable {
  private static final int LONGEST_LINE = 100_000;

  private final ServerSocket listening;
  private final Map<String, Function<Asked, RawAnswer>> answers = new ConcurrentHashMap<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private AnsweringServer(ServerSocket listening) {
    this.listening = listening;
  }

  /** Starts one on a free port. */
  public static AnsweringServer start() {
    try {
      var server = new AnsweringServer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("answering").start(server::listen);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers requests below {@code /name}, from now on. */
  public void answer(String name, Function<Asked, RawAnswer> how) {
    answers.put(name, how);
  }

  /** Answers nothing there any more. */
  public void forget(String name) {
    answers.remove(name);
  }

  /** Its address; the path begins with a slash. */
  public String url(String path) {
    return "http://localhost:" + listening.getLocalPort() + path;
  }

  private void listen() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().name("answering").start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (Asked asked = read(in); asked != null; asked = read(in)) {
        Function<Asked, RawAnswer> how = answers.get(name(asked.path()));
        if (how == null) {
          return;
        }
        RawAnswer answer = how.apply(asked);
        send(answer, out);
        switch (answer.end()) {
          case KEEP -> {}
          case CLOSE -> {
            return;
          }
          case RESET -> {
            socket.setSoLinger(true, 0);
            return;
          }
          case HOLD -> {
            while (in.read() >= 0) {
              // until the other side has enough
            }
            return;
          }
        }
      }
    } catch (IOException e) {
      // the other side has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static void send(RawAnswer answer, OutputStream out)
      throws IOException, InterruptedException {
    for (RawAnswer.Piece piece : answer.pieces()) {
      switch (piece) {
        case RawAnswer.Piece.Bytes(var bytes) -> {
          out.write(bytes);
          out.flush();
        }
        case RawAnswer.Piece.Pause(var time) -> Thread.sleep(time);
      }
    }
  }

  private static String name(String path) {
    int end = path.indexOf('/', 1);
    return path.substring(1, end < 0 ? path.length() : end);
  }

  private static @Nullable Asked read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null || first.isEmpty()) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    Map<String, String> headers = Asked.headers(lines);
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    String[] parts = first.split(" ", 3);
    return new Asked(parts[0], parts[1], headers, new String(body, UTF_8));
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString(ISO_8859_1).strip();
      }
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("A line is too long");
      }
    }
    return line.size() == 0 ? null : line.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
