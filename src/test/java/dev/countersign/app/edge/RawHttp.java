package dev.countersign.app.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends what no HTTP library would, in ISO 8859-1. */
final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();

  RawHttp(int port) {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a server answers to all of these bytes. */
  record Answer(String head, String body) {
    int status() {
      return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }

    boolean isProblem() {
      return head.toLowerCase(Locale.ROOT).contains("\r\ncontent-type: application/problem+json")
          && body.contains("\"status\":" + status())
          && body.contains("\"detail\":");
    }
  }

  /** Sends a whole request on a connection of its own, and reads until the server closes it. */
  static Answer exchange(int port, String request) {
    try (var http = new RawHttp(port)) {
      http.send(request);
      return http.answer();
    }
  }

  RawHttp send(String text) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Whether the server still takes what is sent, and has not answered. */
  boolean takes(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return socket.getInputStream().available() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether there is something to read. */
  boolean isAnswered() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the connection is closed, once this was sent too and all was read. */
  boolean isClosedAfter(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      while (in.available() > 0) {
        in.read();
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Everything until the server closes the connection. */
  Answer answer() {
    var all = new ByteArrayOutputStream();
    try (InputStream in = socket.getInputStream()) {
      in.transferTo(all);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The server doesn't close the connection: " + all, e);
    } catch (IOException e) {
      // closed while something was still unread by the server
    }
    String[] parts = all.toString(StandardCharsets.UTF_8).split("\r\n\r\n", 2);
    return new Answer(parts[0], parts.length == 1 ? "" : parts[1]);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
