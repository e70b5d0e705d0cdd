package dev.countersign.answers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.List;

/**
 * An answer as it is on the wire.
 *
 * @param status that of its last status line; 0: it has none that can be read
 * @param pieces what is sent, in this order
 * @param end what then becomes of the connection
 */
public record RawAnswer(int status, List<Piece> pieces, End end) {
  private static final int MOST_TOLD = 1_500;

  /** Some bytes, or a pause before the next ones. */
  public sealed interface Piece {
    /** Bytes that are sent at once. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes) implements Piece {}

    /** Nothing is sent for so long. */
    record Pause(Duration time) implements Piece {}
  }

  /** What becomes of the connection. */
  public enum End {
    /** It stays open for the next request. */
    KEEP,
    /** It is closed. */
    CLOSE,
    /** It is reset. */
    RESET,
    /** It stays open, and no request is read any more, for as long as the other side waits. */
    HOLD
  }

  public RawAnswer {
    pieces = List.copyOf(pieces);
  }

  /** Whether its status is one of success. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** What it looks like. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Bytes(var bytes) -> text.append(new String(bytes, ISO_8859_1));
        case Piece.Pause(var time) -> text.append("[nothing for ").append(time).append(']');
      }
      if (text.length() > MOST_TOLD) {
        text.setLength(MOST_TOLD);
        text.append('…');
        break;
      }
    }
    return text + " [" + end + "]";
  }
}
