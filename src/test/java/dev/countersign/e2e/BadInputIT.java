package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets a problem detail that names the field, and loses nothing. */
class BadInputIT {
  @RegisterExtension static final Product product = new Product().startApplication();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/purchases | {"product": "pen", "qty": 0}                      | qty
          /api/purchases | {"product": "pen", "qty": -1}                     | qty
          /api/purchases | {"product": "pen", "qty": 1.5}                    | qty
          /api/purchases | {"product": "pen", "qty": 1000000000}             | qty
          /api/purchases | {"product": "pen", "qty": 1e9}                    | qty
          /api/purchases | {"product": "pen", "qty": 1e400000}               | qty
          /api/purchases | {"product": "pen", "qty": "two"}                  | qty
          /api/purchases | {"product": "pen", "qty": null}                   | qty
          /api/purchases | {"product": "pen"}                                | qty
          /api/purchases | {"product": "pen", "qty": [2]}                    | qty
          /api/purchases | {"qty": 2}                                        | product
          /api/purchases | {"product": "", "qty": 2}                         | product
          /api/purchases | {"product": "  ", "qty": 2}                       | product
          /api/purchases | {"product": {"a": 1}, "qty": 2}                   | product
          /api/purchases | {"product": "pen\\u0000", "qty": 2}                | product
          /api/purchases | {"product": "pen\\n2 cars", "qty": 2}              | product
          /api/purchases | {"product": "pen\\u200b", "qty": 2}                | product
          /api/purchases | {"product": "pen\\u202e", "qty": 2}                | product
          /api/purchases | {"product": "\\ud800", "qty": 2}                   | product
          /api/purchases | {"product": "pen", "qty": 2, "priceLimit": 0}     | priceLimit
          /api/purchases | {"product": "pen", "qty": 2, "priceLimit": 1.999} | priceLimit
          /api/purchases | {"product": "pen", "qty": 2, "priceLimit": "x"}   | priceLimit
          /api/chat      | {}                                                | message
          /api/chat      | {"message": ""}                                   | message
          /api/chat      | {"message": "   "}                                | message
          /api/chat      | {"message": 5}                                    | message
          /api/chat      | {"message": ["Buy"]}                              | message
          """)
  void namesTheField(String path, String json, String field) {
    Api.Answer answer = product.as("alice").post(path, json);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body().path("errors").path(0).path("field").asText()).isEqualTo(field);
    assertThat(answer.body().path("detail").asText()).isNotEmpty();
  }

  @Test
  void namesTheFieldThatIsTooLong() {
    Api alice = product.as("alice");
    Api.Answer message = alice.say(null, "x".repeat(4_001));
    assertThat(message.status()).isEqualTo(400);
    assertThat(message.body().path("errors").path(0).path("field").asText()).isEqualTo("message");
    Api.Answer name =
        alice.post("/api/purchases", "{\"product\": \"" + "x".repeat(101) + "\", \"qty\": 1}");
    assertThat(name.status()).isEqualTo(400);
    assertThat(name.body().path("errors").path(0).path("field").asText()).isEqualTo("product");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"product": "pen", "qty": 2
          {"product": "pen" "qty": 2}
          not JSON
          ''
          """)
  void refusesWhatIsNoJson(String json) {
    Api.Answer answer = product.as("alice").post("/api/purchases", json);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).startsWith("application/problem+json");
  }

  @Test
  void ignoresUnknownFields() {
    Api.Answer answer =
        product
            .as("alice")
            .post("/api/purchases", "{\"product\": \"pen\", \"qty\": 1, \"user\": \"auth0|bob\"}");
    assertThat(answer.status()).isEqualTo(202);
    String id = answer.body().path("id").asText();
    Product.awaitStatus(product.as("alice"), id, "AWAITING_APPROVAL");
    assertThat(product.phoneOf("bob").requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/purchases/p-1, 404",
    "GET, /api/chat/c-1, 404",
    "GET, /api/nothing, 404",
    "POST, /api/purchases/p-1, 405",
    "GET, /api/purchases/p-1/cancel, 405"
  })
  void answersWithAProblem(String method, String path, int status) {
    Api alice = product.as("alice");
    Api.Answer answer = method.equals("GET") ? alice.get(path) : alice.post(path, "{}");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
  }

  @Test
  void answersUnknownToAConversationThatIsNotThere() {
    Api.Answer answer = product.as("alice").say("c-1", "Buy a pen");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.contentType()).startsWith("application/problem+json");
  }

  @Test
  void wantsAToken() {
    for (Api api :
        new Api[] {
          product.anonymous(), new Api(product.anonymous().base(), "garbage"),
        }) {
      Api.Answer answer = api.get("/api/purchases");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.contentType()).startsWith("application/problem+json");
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }
  }
}
