package dev.countersign.devservices.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.devservices.loopback.Http;
import dev.countersign.devservices.loopback.Http.Answer;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantPagesTest {
  private static final Pattern LINK = Pattern.compile("(?:src|href|from) ?=?['\"]([^'\"]+)['\"]");
  private final IdentityTenant tenant = IdentityTenant.start(TenantSettings.on(0, null));
  private final Http http = new Http();

  @AfterEach
  void stop() {
    http.close();
    tenant.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"phone?user=alice", "login", "signed-out"})
  void pageTakesAllFromTheTenantAndRunsNothingInline(String path) throws IOException {
    Answer page = http.get(tenant.issuer() + path);

    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.body())
        .doesNotContain("<style", " style=", " onclick=", "<script>", "{client}");
    List<String> links = LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
    assertThat(links).isNotEmpty().allMatch(link -> link.startsWith("/assets/"));
    for (String link : links) {
      assertThat(http.get(tenant.issuer() + link.substring(1)).status()).as(link).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "phone.js, text/javascript;charset=UTF-8",
    "details.js, text/javascript;charset=UTF-8",
    "outcome.js, text/javascript;charset=UTF-8",
    "words.js, text/javascript;charset=UTF-8",
    "tenant.css, text/css;charset=UTF-8",
    "icon.svg, image/svg+xml"
  })
  void filesOfThePagesHaveTheirTypes(String name, String type) throws IOException {
    assertThat(http.get(tenant.issuer() + "assets/" + name).header("Content-Type")).isEqualTo(type);
  }

  @Test
  void nothingElseIsServed() throws IOException {
    assertThat(http.get(tenant.issuer() + "assets/login.html").status()).isEqualTo(404);
  }

  @Test
  void loginSaysForWhomAndOffersEachUser() throws IOException {
    assertThat(http.get(tenant.issuer() + "login").body())
        .contains("Sign in to Countersign demo")
        .contains("Log in as alice", "Log in as bob", "Log in as carol", "Log in as olivia");
  }
}
