package dev.countersign.app.operator;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.OperatorRole;
import dev.countersign.app.api.ProblemException;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.guard.UserDigest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets nobody but operators past, whatever handler answers below their address: one that is added
 * there can't be forgotten. Where there are no operators there is nothing.
 */
record OperatorsOnly(OperatorRole role, UserDigest users)
    implements WebMvcConfigurer, HandlerInterceptor {
  static final String PATHS = "/api/operator";

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns(PATHS, PATHS + "/**");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      return true; // the answer to a request that was refused
    }
    if (!role.exists()) {
      throw new ProblemException(HttpStatus.NOT_FOUND, "There are no operators here.");
    }
    Caller caller =
        Caller.signedIn()
            .orElseThrow(() -> new IllegalStateException("Nobody is let in without a login"));
    if (!role.isIn(caller.claims())) {
      AuditEntry.of(AuditEvent.OPERATOR_ACT)
          .operator(users.of(caller.sub()), "refused")
          .outcome("no_operator")
          .write();
      throw new ProblemException(HttpStatus.FORBIDDEN, "This is for operators only.");
    }
    return true;
  }
}
