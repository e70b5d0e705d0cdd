package dev.countersign.ciba.http;

import java.util.List;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

/**
 * One row of {@code docs/ciba-answers.md}: what a provider sends, and what the client makes of it.
 *
 * @param status – where no status line comes
 * @param headers each {@code Name: value}
 * @param body as written in code; empty: none
 * @param manner how it travels
 * @param answer the typed answer in {@link AnswerNotation}; … stands for any words
 */
record AnswerRow(
    int line, String status, List<String> headers, String body, Manner manner, String answer) {
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final int MEBIBYTE = 1 << 20;

  /** How an answer travels, by the words that the page has for it. */
  enum Manner {
    AS_IT_IS(""),
    EMPTY("nothing"),
    TO_PING_MODE("in ping mode"),
    AFTER_BYTE_ORDER_MARK("after a byte order mark"),
    AS_LONG_AS_IS_READ("in exactly 1 MiB"),
    TOO_LONG("in more than 1 MiB"),
    CUT_OFF("cut off"),
    RESET("no answer, the connection is reset"),
    STALL("no answer in time"),
    NO_CONNECTION("no connection");

    private final String words;

    Manner(String words) {
      this.words = words;
    }

    static Manner of(String words) {
      for (Manner manner : values()) {
        if (manner.words.equals(words)) {
          return manner;
        }
      }
      throw new IllegalArgumentException("no manner is called \"" + words + "\"");
    }
  }

  /** Reads a line of a table; fails on a cell that would otherwise be passed over. */
  static AnswerRow read(int number, String line) {
    List<String> cells = List.of(line.strip().split("\\|", -1));
    if (cells.size() != 8) {
      throw new IllegalArgumentException("line " + number + " has not six cells: " + line);
    }
    String body = cells.get(3).strip();
    String manner = CODE.matcher(body).replaceAll("").strip();
    List<String> answer = codes(cells.get(4));
    List<String> bodies = codes(body);
    if (bodies.size() > 1 || answer.size() != 1 || cells.get(6).isBlank()) {
      throw new IllegalArgumentException("line " + number + " can't be read: " + line);
    }
    return new AnswerRow(
        number,
        cells.get(1).strip(),
        codes(cells.get(2)),
        bodies.isEmpty() ? "" : bodies.getFirst(),
        Manner.of(manner),
        answer.getFirst());
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  /** What the scripted server sends. */
  MockResponse response() {
    MockResponse.Builder response =
        new MockResponse.Builder().code(status.equals("–") ? 200 : Integer.parseInt(status));
    for (String header : headers) {
      response.addHeader(header);
    }
    if (headers.stream().noneMatch(header -> header.startsWith("Content-Type:"))) {
      response.addHeader("Content-Type", "application/json");
    }
    switch (manner) {
      case AS_IT_IS, TO_PING_MODE -> response.body(body);
      case EMPTY, NO_CONNECTION -> response.body("");
      case AFTER_BYTE_ORDER_MARK -> response.body("\uFEFF" + body);
      case AS_LONG_AS_IS_READ -> response.body(body + " ".repeat(MEBIBYTE - body.length()));
      case TOO_LONG -> response.body(body + " ".repeat(MEBIBYTE - body.length() + 1));
      case CUT_OFF -> response.body(body).onResponseBody(new SocketEffect.CloseSocket());
      case RESET -> response.onResponseStart(new SocketEffect.CloseSocket());
      case STALL -> response.onResponseStart(SocketEffect.Stall.INSTANCE);
    }
    return response.build();
  }

  /** The answer that is expected. */
  Pattern expected() {
    return Pattern.compile(Pattern.quote(answer).replace("…", "\\E.+\\Q"), Pattern.DOTALL);
  }

  /** The name of the answer's type. */
  String type() {
    return answer.split(":", 2)[0];
  }

  @Override
  public String toString() {
    return "line " + line + ": " + status + " " + body + " " + manner.words;
  }
}
