package dev.countersign.app.edge;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Counts the bodies of a connection's requests as they are read, by whomever: as a stream, as JSON,
 * or by Tomcat itself for the parameters of a form. No more is read of one than {@link BodySizes}
 * allow, and nothing after its deadline.
 */
final class BoundedInput implements InputBuffer {
  private final InputBuffer input;
  private final Request request;
  private final BodySizes sizes;
  private final Duration deadline;
  private final ReadPatience patience;
  private long countedSince;
  private long counted;

  /** Lets the next read of the connection wait for no longer than this. */
  @FunctionalInterface
  interface ReadPatience {
    void set(Duration longest);
  }

  /**
   * Bounds what comes from {@code input}.
   *
   * @param request whose body it is; another one at another {@link Request#getStartTimeNanos()}
   * @param deadline of a whole request, from its first byte on
   */
  BoundedInput(
      InputBuffer input,
      Request request,
      BodySizes sizes,
      Duration deadline,
      ReadPatience patience) {
    this.input = input;
    this.request = request;
    this.sizes = sizes;
    this.deadline = deadline;
    this.patience = patience;
  }

  @Override
  public int doRead(ApplicationBufferHandler handler) throws IOException {
    long since = request.getStartTimeNanos();
    if (since != countedSince) {
      countedSince = since;
      counted = 0;
    }
    refuseTooLong();
    int read = readInTime(handler, deadline.minusNanos(System.nanoTime() - since));
    if (read > 0) {
      counted += read;
      refuseTooLong();
    }
    return read;
  }

  private void refuseTooLong() throws RefusedBodyException {
    if (counted > sizes.longest(request.requestURI().toString())) {
      throw RefusedBodyException.tooLong();
    }
  }

  private int readInTime(ApplicationBufferHandler handler, Duration left) throws IOException {
    if (!left.isPositive()) {
      throw RefusedBodyException.tooSlow();
    }
    patience.set(left);
    try {
      return input.doRead(handler);
    } catch (SocketTimeoutException e) {
      throw RefusedBodyException.tooSlow();
    }
  }

  @Override
  public int available() {
    return input.available();
  }
}
