package dev.countersign.app.edge;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * A problem detail (RFC 9457) for what Spring never sees, because it is no request that Tomcat
 * would pass on. It repeats nothing of what was sent.
 */
final class ContainerProblem {
  private ContainerProblem() {}

  /** Answers with it, as the whole answer, if that can still be done. */
  static void write(Response response, int status) throws IOException {
    response.getCoyoteResponse().setStatus(status);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    Writer writer = response.getReporter();
    if (writer != null) {
      writer.write(json(status));
      response.finishResponse();
    }
  }

  private static String json(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    return "{\"detail\":\"%s\",\"status\":%d,\"title\":\"%s\"}"
        .formatted(detail(known), status, known == null ? "Error" : known.getReasonPhrase());
  }

  private static String detail(@Nullable HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST ->
          "The request's method, address or headers are none that are accepted here.";
      case NOT_FOUND -> "Nothing is here.";
      case METHOD_NOT_ALLOWED -> "This method is none that is accepted here.";
      case NOT_ACCEPTABLE -> "The header Accept rules out every answer that there is.";
      case REQUEST_TIMEOUT -> "The request came too slowly. Send it again.";
      case CONTENT_TOO_LARGE -> "The body must have at most %d bytes.".formatted(BodySizes.LONGEST);
      case REQUESTED_RANGE_NOT_SATISFIABLE -> "The header Range names nothing that is there.";
      case EXPECTATION_FAILED -> "The header Expect may be 100-continue only.";
      case HTTP_VERSION_NOT_SUPPORTED -> "HTTP/1.1 is spoken here.";
      case NOT_IMPLEMENTED ->
          "The request's method or Transfer-Encoding is none that is known here.";
      case null, default ->
          status == null || !status.is4xxClientError()
              ? "Something went wrong here. Send the request again."
              : "The request can't be answered as it is.";
    };
  }
}
