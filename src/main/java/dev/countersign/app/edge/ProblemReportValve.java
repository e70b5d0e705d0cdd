package dev.countersign.app.edge;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;

/** Tomcat's own refusals as problem details, where it would write a page. */
final class ProblemReportValve extends ErrorReportValve {
  private static final int FIRST_ERROR = 400;

  @Override
  protected void report(Request request, Response response, Throwable thrown) {
    int status = status(request, response);
    if (status < FIRST_ERROR
        || response.getContentWritten() > 0
        || !response.setErrorReported()
        || !canWrite(response)) {
      return;
    }
    try {
      ContainerProblem.write(response, status);
    } catch (IOException e) {
      container.getLogger().debug("A client went before it was answered", e);
    }
  }

  /** Tomcat takes whatever stops a body from being read for a bad request. */
  private static int status(Request request, Response response) {
    return request.getCoyoteRequest().getErrorException() instanceof RefusedBodyException refused
        ? refused.status()
        : response.getStatus();
  }

  private static boolean canWrite(Response response) {
    AtomicBoolean allowed = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
    return allowed.get();
  }
}
