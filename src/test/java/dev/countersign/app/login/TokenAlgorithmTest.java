package dev.countersign.app.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.TestIssuer;
import dev.countersign.app.api.TestApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Access tokens of an issuer that signs with PS256, as FAPI wants it. */
@SpringBootTest(
    classes = TestApi.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "countersign.oidc.client-id=app",
      "countersign.api.token-algorithm=PS256",
      "management.server.port=0"
    })
class TokenAlgorithmTest {
  private static final TestIssuer ISSUER = new TestIssuer("/");

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("countersign.oidc.issuer", ISSUER::issuer);
  }

  @AfterAll
  static void close() {
    ISSUER.close();
  }

  @Test
  void takesTheAlgorithmOfTheSettingsAndNoOther() throws Exception {
    assertThat(statusWith(ISSUER.ps256Token("alice"))).isEqualTo(200);
    assertThat(statusWith(ISSUER.token("alice"))).isEqualTo(401);
  }

  private int statusWith(String token) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/echo"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              BodyHandlers.ofString())
          .statusCode();
    }
  }
}
