package dev.countersign.devservices.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that go away and come back. They lie below every system's ephemeral range, from
 * which a connection of anybody's could take the port meanwhile; and each JVM has a range of its
 * own, so that test runs side by side don't take each other's.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int RANGES = 50;
  private static final int COUNT = 200; // of a range, whose first port is its lock
  private static final Range RANGE = Range.ofThisJvm();

  private FreePort() {}

  /** A port from 20000 to 29999 on which nobody listens, and another one at each call. */
  public static int next() {
    for (int tries = 1; tries < COUNT; tries++) {
      int port = RANGE.next();
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No port near " + RANGE.first + " is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = listening(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket listening(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  /** Belongs to the JVM that listens on its first port, until that JVM ends. */
  private static final class Range {
    final int first;
    private final AtomicInteger taken = new AtomicInteger();

    @SuppressWarnings("unused") // it is held
    private final ServerSocket lock;

    private Range(int first) throws IOException {
      this.first = first;
      lock = listening(first);
    }

    static Range ofThisJvm() {
      int some = ThreadLocalRandom.current().nextInt(RANGES);
      for (int i = 0; i < RANGES; i++) {
        try {
          return new Range(FIRST + (some + i) % RANGES * COUNT);
        } catch (IOException _) {
          // another's
        }
      }
      throw new IllegalStateException("Each range of ports from 20000 to 29999 has its owner");
    }

    int next() {
      return first + 1 + Math.floorMod(taken.getAndIncrement(), COUNT - 1);
    }
  }
}
