package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.audit.AuditLog;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/** What is written of logins that fail. */
@ExtendWith(OutputCaptureExtension.class)
class LoginFailureHandlerTest {
  private Optional<Duration> limit = Optional.empty();
  private final LoginFailureHandler handler = new LoginFailureHandler(_ -> limit);

  private MockHttpServletResponse fail() {
    var response = new MockHttpServletResponse();
    handler.onAuthenticationFailure(
        new MockHttpServletRequest(),
        response,
        new OAuth2AuthenticationException("authorization_request_not_found"));
    return response;
  }

  @Test
  void nobodyBuriesOthersUnderFailures(CapturedOutput output) {
    try (AuditLog audit = new AuditLog()) {
      fail();
      limit = Optional.of(Duration.ofSeconds(1));
      MockHttpServletResponse answer = fail();

      assertThat(answer.getHeader("Location")).isEqualTo("/?login=failed");
      assertThat(audit.entries())
          .extracting(AuditLog.Entry::summary)
          .containsExactly("login_refused failed");
      assertThat(output.getOut().split("A login failed", -1)).hasSize(2);
    }
  }
}
