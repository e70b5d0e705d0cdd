package dev.countersign.http;

import java.util.Locale;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What came of one HTTP request. */
public sealed interface Exchange {

  /**
   * A status line and headers came back. Its {@code toString} shows no body, which may hold tokens.
   *
   * @param reason the status line's reason phrase; empty with HTTP/2 and with servers that send
   *     none
   * @param body null: it broke off, or is longer than {@link Transport#MAX_BODY_BYTES}
   */
  record Answered(int status, String reason, Headers headers, @Nullable String body)
      implements Exchange {

    /** The server's status text, or the usual one where it sent none. */
    public String statusText() {
      String words = Words.clean(reason);
      return words == null ? usualStatusText() : words;
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** Whether it is a page for people, as proxies and portals answer in a server's place. */
    public boolean isPage() {
      String type = headers.get("Content-Type");
      return (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/html"))
          || (body != null && body.stripLeading().startsWith("<!"));
    }

    @Override
    public String toString() {
      return "Answered[status=" + status + "]";
    }

    private String usualStatusText() {
      return switch (status) {
        case 200 -> "OK";
        case 201 -> "Created";
        case 202 -> "Accepted";
        case 204 -> "No Content";
        case 400 -> "Bad Request";
        case 401 -> "Unauthorized";
        case 402 -> "Payment Required";
        case 403 -> "Forbidden";
        case 404 -> "Not Found";
        case 409 -> "Conflict";
        case 422 -> "Unprocessable Content";
        default -> "Status " + status;
      };
    }
  }

  /** The request was not read by the server: no connection, or no secure one, was made. */
  record NotSent(String reason) implements Exchange {}

  /** The request may have arrived, but no status line came back. */
  record Lost(String reason) implements Exchange {}
}
