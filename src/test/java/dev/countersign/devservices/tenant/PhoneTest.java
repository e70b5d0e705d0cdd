package dev.countersign.devservices.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PhoneTest {
  private static final IdentityTenant tenant = IdentityTenant.start(TenantSettings.on(0, null));

  @AfterAll
  static void close() {
    tenant.close();
  }

  @Test
  void decidesTheQuestionOfTheseWordsAndNoOther() throws Exception {
    ask("alice", "Buy a cat");
    ask("alice", "Buy a dog");
    Phone phone = tenant.phone("alice");

    PhoneRequest cat = phone.approve("Buy a cat");
    PhoneRequest dog = phone.deny("Buy a dog");

    assertThat(cat.bindingMessage()).isEqualTo("Buy a cat");
    assertThat(cat.status()).isEqualTo(PhoneRequest.Status.APPROVED);
    assertThat(dog.bindingMessage()).isEqualTo("Buy a dog");
    assertThat(dog.status()).isEqualTo(PhoneRequest.Status.DENIED);
    assertThat(phone.requests())
        .extracting(PhoneRequest::status)
        .containsExactly(PhoneRequest.Status.DENIED, PhoneRequest.Status.APPROVED);
  }

  @Test
  void waitsUntilItAsks() throws Exception {
    Phone phone = tenant.phone("bob");
    CompletableFuture<PhoneRequest> decided =
        CompletableFuture.supplyAsync(() -> phone.approve("Buy a cow"));

    ask("bob", "Buy a cow");

    assertThat(decided.join().bindingMessage()).isEqualTo("Buy a cow");
  }

  @Test
  void isThereForUsersOfTheTenantOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tenant.phone("mallory"))
        .withMessageContaining("mallory");
  }

  private static void ask(String user, String message) throws IOException, InterruptedException {
    String hint =
        "{\"format\":\"iss_sub\",\"iss\":\"%s\",\"sub\":\"auth0|%s\"}"
            .formatted(tenant.issuer(), user);
    String form =
        "client_id=%s&client_secret=%s&scope=openid&login_hint=%s&binding_message=%s"
            .formatted(
                tenant.clientId(),
                tenant.clientSecret(),
                URLEncoder.encode(hint, StandardCharsets.UTF_8),
                URLEncoder.encode(message, StandardCharsets.UTF_8));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(tenant.issuer() + "bc-authorize"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }
}
