package dev.countersign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Browser;
import dev.countersign.e2e.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Schemathesis reads the description of the API, and sends for a while what that allows and what it
 * forbids, as each kind of caller. Every answer must be one that is described, and none a 500.
 */
@Tag("fuzz")
@Timeout(1_200) // with what pip fetches, and a second run
@ExtendWith(OutputCaptureExtension.class)
class FuzzIT {
  private static final String OFTEN = "=1000000";
  private static final Product product =
      new Product()
          .startApplication(
              "countersign.api.documentation=true",
              "countersign.operators.claim=operator",
              "countersign.operators.value=yes",
              "countersign.edge.requests-per-address-and-minute" + OFTEN,
              "countersign.edge.requests-per-user-and-minute" + OFTEN,
              "countersign.edge.refusals-per-address-and-minute" + OFTEN);

  @AfterAll
  static void stop() {
    product.close();
  }

  private static void holds(Schemathesis caller, CapturedOutput output) {
    assertThat(caller.findings(product.base() + "/v3/api-docs")).isEmpty();
    assertThat(output).doesNotContain("A request failed", "Servlet.service()");
  }

  @Test
  void strangersFindNothing(CapturedOutput output) {
    holds(new Schemathesis("stranger"), output);
  }

  @Test
  void bearersFindNothing(CapturedOutput output) {
    holds(
        new Schemathesis("bearer")
            .with("Authorization", "Bearer " + product.tenant.apiToken("alice"))
            .leavingOut("/logout/backchannel"),
        output);
  }

  @Test
  void operatorsFindNothing(CapturedOutput output) {
    String token = product.tenant.token("carol", claims -> claims.claim("operator", "yes"));
    holds(
        new Schemathesis("operator")
            .with("Authorization", "Bearer " + token)
            .onlyBelow("/api/operator"),
        output);
  }

  @Test
  void sessionsFindNothing(CapturedOutput output) {
    try (Browser browser = new Browser()) {
      browser.signIn(product.base(), "alice");
      browser.get(product.base() + "/api/session");
      String session = browser.value("COUNTERSIGN_SESSION");
      String csrf = browser.value("COUNTERSIGN_CSRF");
      holds(
          new Schemathesis("session")
              .with("Cookie", "COUNTERSIGN_SESSION=" + session + "; COUNTERSIGN_CSRF=" + csrf)
              .with("X-CSRF-TOKEN", csrf)
              .leavingOut("/logout/backchannel", "/logout") // which would end the session
              .without("ignored_auth"), // on loopback the cookie has another name than described
          output);
    }
  }
}
