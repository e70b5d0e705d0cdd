package dev.countersign.answers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.answers.RawAnswer.End;
import dev.countersign.answers.RawAnswer.Piece;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers in HTTP, and in what is HTTP no more. */
public final class OddWire {
  private static final List<Integer> STATUSES =
      List.of(
          200, 200, 201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 301, 302, 303, 304, 305, 307,
          308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 415, 417, 418,
          421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 498, 499, 500, 501, 502, 503, 504, 505,
          507, 508, 511, 520, 522, 529, 530, 599, 600, 999, 101);

  private static final List<String> STATUS_LINES =
      List.of(
          "HTTP/1.1 200",
          "HTTP/1.1 200 ",
          "HTTP/1.0 200 OK",
          "HTTP/2 200",
          "HTTP/1.1 0200 OK",
          "HTTP/1.1 -20 OK",
          "HTTP/1.1 20 OK",
          "HTTP/1.1 2000 OK",
          "HTTP/1.1 abc OK",
          "HTTP/1.1  200 OK",
          "http/1.1 200 OK",
          "ICY 200 OK",
          "SSH-2.0-OpenSSH_9.6",
          "",
          "\u0000",
          "{\"error\":\"access_denied\"}");

  private static final List<String> CONTENT_TYPES =
      List.of(
          "text/html",
          "text/html; charset=utf-8",
          "text/plain",
          "application/octet-stream",
          "application/problem+json",
          "text/event-stream",
          "text/event-stream; charset=utf-16",
          "application/json; charset=utf-16",
          "application/json; charset=latin1",
          "application/json; charset=no-such",
          "application/json; charset=\"utf-8",
          "application/json;;;",
          "application/jose",
          "APPLICATION/JSON",
          "*/*",
          "json",
          ";",
          "");

  private static final List<String> HEADERS =
      List.of(
          "Retry-After: 1",
          "Retry-After: 0",
          "Retry-After: -1",
          "Retry-After: 5.5",
          "Retry-After: 999999999999999999",
          "Retry-After: 99999999999999999999999",
          "Retry-After: \u0661",
          "Retry-After: soon",
          "Retry-After:",
          "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT",
          "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
          "Retry-After: Sun, 30 Feb 2027 00:00:00 GMT",
          "Retry-After: Sunday, 06-Nov-94 08:49:37 GMT",
          "Retry-After: 2026-11-29T12:00:00Z",
          "Retry-After: 3\r\nRetry-After: 4000",
          "x-ratelimit-reset: 9223372036854775807",
          "x-ratelimit-reset: -1",
          "x-ratelimit-reset: soon",
          "llm_provider-retry-after: 999999999",
          "llm_provider-retry-after: ",
          "Date: Fri, 31 Dec 9999 23:59:59 GMT",
          "Date: Thu, 01 Jan 1970 00:00:00 GMT",
          "Date: now",
          "Date:",
          "Age: -1",
          "Age: 99999999999999999999",
          "Age: old",
          "Location: /elsewhere",
          "Location: //127.0.0.1:1/",
          "Location: http://127.0.0.1:1/a?b=c#d",
          "Location: http://[::1/",
          "Location: javascript:alert(1)",
          "Location:",
          "Location: \u00e4\u00ff%zz",
          "WWW-Authenticate: Basic realm=\"a",
          "WWW-Authenticate: Bearer error=\"invalid_token\"",
          "Proxy-Authenticate: Basic realm=\"a\"",
          "Set-Cookie: a=b; Domain=.com",
          "Set-Cookie: ;",
          "Connection: upgrade\r\nUpgrade: h2c",
          "Connection: upgrade\r\nUpgrade: websocket",
          "Trailer: Expires",
          "Content-Language: \u00e4",
          "Link: <http://127.0.0.1:1/>; rel=preload",
          "Strict-Transport-Security: max-age=99999999999",
          "Alt-Svc: h3=\":1\"",
          "Vary: *",
          "X-A: \u0001\u007f\u00ff",
          "no colon",
          ": no name",
          "sp ace: a",
          "X-A: b\r\n c",
          "X-A: " + "a".repeat(100_000));

  private static final List<String> LENGTHS =
      List.of("0", "1", "-1", "5", "99999999", "9223372036854775808", "a", "", "1, 2", "0x10");

  private static final List<String> CHUNK_SIZES =
      List.of("-1", "g", "", "FFFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "1;a=b", " 1 ", "0");

  private final Dice dice;
  private final Duration slow;

  /**
   * With these dice.
   *
   * @param slow how long a pause is that the other side shall not wait for
   */
  public OddWire(Dice dice, Duration slow) {
    this.dice = dice;
    this.slow = slow;
  }

  /** As it should be. */
  public static RawAnswer plain(int status, String type, String body) {
    OddBody plain = OddBody.plain(body);
    String head =
        "HTTP/1.1 %d Words\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, type, plain.bytes().length);
    return new RawAnswer(status, List.of(bytes(head), new Piece.Bytes(plain.bytes())), End.KEEP);
  }

  /** An answer that may be odd in any way. */
  public RawAnswer any(int status, String type, String text) {
    if (dice.oneIn(60)) {
      return none();
    }
    boolean hasItsStatus = !dice.oneIn(6);
    int given = hasItsStatus ? status : dice.oneOf(STATUSES);
    String line = "HTTP/1.1 " + given + reason();
    if (dice.oneIn(40)) {
      line = dice.oneOf(STATUS_LINES);
      given = line.contains(" 200") ? 200 : 0;
    }
    OddBody body = dice.oneIn(3) ? OddBody.of(text, dice) : OddBody.plain(text);
    List<String> headers = headers(type, body);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(before().getBytes(ISO_8859_1));
    End end = dice.oneIn(6) ? End.CLOSE : End.KEEP;
    byte[] framed = body.bytes();
    switch (dice.below(12)) {
      case 0, 1, 2 -> {
        headers.add("Transfer-Encoding: chunked");
        framed = chunked(framed, dice.oneIn(6));
      }
      case 3 -> end = End.CLOSE; // its end is that of the connection
      case 4 -> {
        if (dice.oneIn(4)) {
          headers.add("Content-Length: " + dice.oneOf(LENGTHS));
          end = dice.oneOf(End.CLOSE, End.CLOSE, End.RESET);
        } else {
          headers.add("Content-Length: " + framed.length);
        }
      }
      default -> headers.add("Content-Length: " + framed.length);
    }
    head(line, headers, sent);
    int headEnd = sent.size();
    sent.writeBytes(framed);
    return new RawAnswer(given, pieces(sent.toByteArray(), headEnd), end(end));
  }

  private End end(End end) {
    return switch (dice.below(500)) {
      case 0, 2, 3 -> End.RESET;
      case 1 -> End.HOLD;
      default -> end;
    };
  }

  /** No status line at all. */
  private RawAnswer none() {
    List<Piece> pieces = new ArrayList<>();
    if (dice.oneIn(3)) {
      pieces.add(bytes(new OddText(dice).brief()));
    }
    return new RawAnswer(0, pieces, dice.oneIn(20) ? End.HOLD : dice.oneOf(End.CLOSE, End.RESET));
  }

  private String reason() {
    return switch (dice.below(12)) {
      case 0 -> "";
      case 1 -> " ";
      case 2 -> " " + new OddText(dice).brief().replaceAll("[\\r\\n]", " ");
      default -> " Words";
    };
  }

  private String before() {
    return switch (dice.below(60)) {
      case 0 -> "HTTP/1.1 100 Continue\r\n\r\n";
      case 1 -> "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
      case 2 -> "HTTP/1.1 102 Processing\r\n\r\n".repeat(30);
      case 3 -> "\r\n";
      default -> "";
    };
  }

  private List<String> headers(String type, OddBody body) {
    List<String> headers = new ArrayList<>();
    switch (dice.below(12)) {
      case 0 -> {}
      case 1 -> headers.add("Content-Type: " + dice.oneOf(CONTENT_TYPES));
      case 2 -> {
        headers.add("Content-Type: " + type);
        headers.add("Content-Type: " + dice.oneOf(CONTENT_TYPES));
      }
      default -> headers.add("Content-Type: " + type);
    }
    if (body.coding() != null) {
      headers.add("Content-Encoding: " + body.coding());
    }
    for (int i = dice.below(4); i > 1; i--) {
      headers.add(dice.oneOf(HEADERS));
    }
    if (dice.oneIn(200)) {
      for (int i = 0; i < 3_000; i++) {
        headers.add("X-" + i + ": a");
      }
    }
    return headers;
  }

  private void head(String line, List<String> headers, ByteArrayOutputStream sent) {
    String end = dice.oneIn(30) ? "\n" : "\r\n";
    StringBuilder head = new StringBuilder(line).append(end);
    headers.forEach(header -> head.append(header).append(end));
    sent.writeBytes(head.append(end).toString().getBytes(ISO_8859_1));
  }

  private byte[] chunked(byte[] body, boolean wrong) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length) {
      int size = Math.min(1 + dice.below(Math.max(200, body.length / 3)), body.length - at);
      String told = Integer.toHexString(size);
      if (wrong && dice.oneIn(2)) {
        told = dice.oneOf(CHUNK_SIZES);
      }
      sent.writeBytes((told + "\r\n").getBytes(ISO_8859_1));
      sent.write(body, at, size);
      sent.writeBytes("\r\n".getBytes(ISO_8859_1));
      at += size;
    }
    if (!wrong || dice.oneIn(2)) {
      sent.writeBytes((dice.oneIn(10) ? "0\r\nX-A: b\r\n\r\n" : "0\r\n\r\n").getBytes(ISO_8859_1));
    }
    return sent.toByteArray();
  }

  /** At once, in two pieces, byte by byte for a while, or with a pause that is too long. */
  private List<Piece> pieces(byte[] all, int headEnd) {
    return switch (dice.below(500)) {
      case 0 -> parted(all, dice.below(all.length + 1), slow);
      case 1 -> {
        List<Piece> drops = new ArrayList<>();
        int until = Math.min(all.length, headEnd + 40);
        for (int i = 0; i < until; i += 8) {
          drops.add(new Piece.Bytes(Arrays.copyOfRange(all, i, Math.min(i + 8, until))));
          drops.add(new Piece.Pause(slow.dividedBy(8)));
        }
        drops.add(new Piece.Bytes(Arrays.copyOfRange(all, until, all.length)));
        yield drops;
      }
      case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 ->
          parted(all, dice.below(all.length + 1), Duration.ofMillis(1));
      default -> List.of(new Piece.Bytes(all));
    };
  }

  private static List<Piece> parted(byte[] all, int at, Duration pause) {
    return List.of(
        new Piece.Bytes(Arrays.copyOf(all, at)),
        new Piece.Pause(pause),
        new Piece.Bytes(Arrays.copyOfRange(all, at, all.length)));
  }

  private static Piece bytes(@Nullable String text) {
    return new Piece.Bytes(String.valueOf(text).getBytes(ISO_8859_1));
  }
}
