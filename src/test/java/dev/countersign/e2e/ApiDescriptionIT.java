package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.e2e.ApiDocument.Example;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The description of the API is whole: it has every mapping, words and examples, anybody may read
 * it, and its schemas allow what the application takes. Which answers occur, {@link ApiDocumentIT}
 * counts.
 */
class ApiDescriptionIT {
  private static final Product product =
      new Product().startApplication("countersign.api.documentation=true");
  private static final ApiDocument document =
      new ApiDocument(product.anonymous().get("/v3/api-docs").text());

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void describesEveryMappingOfTheControllers() {
    Set<String> mapped = new TreeSet<>();
    product
        .application()
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach((mapping, handler) -> {
          Class<?> controller = handler.getBeanType();
          if (controller.getName().startsWith("dev.countersign.")
              && controller.isAnnotationPresent(RestController.class)) {
            for (String path : mapping.getPatternValues()) {
              mapping
                  .getMethodsCondition()
                  .getMethods()
                  .forEach(method ->
                      mapped.add(method + " " + path.replaceAll("\\{(\\w+):.*?}(?=/|$)", "{$1}")));
            }
          }
        });
    assertThat(mapped).isNotEmpty();
    assertThat(document.operations()).containsAll(mapped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v3/api-docs", "/v3/api-docs.yaml", "/swagger-ui/index.html"})
  void everybodyMayReadItAndItsPageLoadsNothingFromElsewhere(String path) {
    Api.Answer answer = product.anonymous().get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .contains("default-src 'none'", "script-src 'self';", "connect-src 'self';"));
    assertThat(product.anonymous().call("POST", path, "").status()).isEqualTo(401);
  }

  static Stream<Example> examples() {
    return document.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleIsAsItsSchemaSays(Example example) {
    assertThat(document.violations(example.schema(), example.value())).isEmpty();
  }

  @Test
  void everythingHasItsWords() {
    document
        .root()
        .path("components")
        .path("schemas")
        .properties()
        .forEach(schema ->
            assertThat(schema.getValue().has("description")).as(schema.getKey()).isTrue());
    for (String operation : document.operations()) {
      assertThat(document.operation(operation).path("summary").asString(""))
          .as(operation)
          .isNotEmpty();
      assertThat(document.operation(operation).path("operationId").asString(""))
          .as(operation)
          .doesNotContain("_");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          POST /api/purchases | {"product": "pen", "qty": 1}
          POST /api/purchases | {"product": "Füller 🖋 no. 5", "qty": 1000, "priceLimit": 0.01}
          POST /api/purchases | {"product": "pen", "qty": 1, "priceLimit": null, "userCode": null, "colour": "red"}
          POST /api/purchases | {"product": "pen", "qty": 1, "priceLimit": 999999999999.99}
          POST /api/purchases | {"product": "pen", "qty": 1, "priceLimit": 1000000000000}
          POST /api/purchases | {"product": "pen", "qty": 1, "priceLimit": 1.999}
          POST /api/purchases | {"product": "pen", "qty": 1, "priceLimit": 0}
          POST /api/purchases | {"product": "pen", "qty": 1, "priceLimit": "1"}
          POST /api/purchases | {"product": "pen", "qty": 0}
          POST /api/purchases | {"product": "pen", "qty": 1001}
          POST /api/purchases | {"product": "pen", "qty": 1.5}
          POST /api/purchases | {"product": "pen", "qty": "1"}
          POST /api/purchases | {"product": "pen", "qty": null}
          POST /api/purchases | {"product": "pen"}
          POST /api/purchases | {"product": null, "qty": 1}
          POST /api/purchases | {"product": "", "qty": 1}
          POST /api/purchases | {"product": "  ", "qty": 1}
          POST /api/purchases | {"product": 5, "qty": 1}
          POST /api/purchases | {"product": "pen\\u200b", "qty": 1}
          POST /api/purchases | {"product": "pen\\n", "qty": 1}
          POST /api/purchases | {"product": "pen\\udb40\\udd01", "qty": 1}
          POST /api/purchases | {"product": "pen", "qty": 1, "loginHintToken": ""}
          POST /api/purchases | []
          POST /api/chat      | {"message": "Hello", "conversationId": null}
          POST /api/chat      | {"message": " \\t\\n"}
          POST /api/chat      | {"message": ""}
          POST /api/chat      | {"message": 5}
          POST /api/chat      | {"message": "Hello", "conversationId": 5}
          POST /api/chat      | {}
          """)
  void takesABodyExactlyWhenItsSchemaAllowsIt(String operation, String body) {
    Api.Answer answer = new ApiCall(operation, body).by(product.as("alice"));
    assertThat(answer.status() == 400)
        .as(answer.text())
        .isEqualTo(!document.allows(operation, body));
    document.check(operation, answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"title\": \"Presents\"}",
        "{\"title\": \"می\\u200cخواهم \\ud83d\\udc69\\u200d\\ud83c\\udfa8\"}",
        "{\"title\": \"\"}",
        "{\"title\": \"  \"}",
        "{\"title\": \"\\u200d\"}",
        "{\"title\": \"two\\nlines\"}",
        "{\"title\": \"\\u202eback\"}",
        "{\"title\": null}",
        "{\"title\": 5}",
        "{}"
      })
  void takesATitleExactlyWhenItsSchemaAllowsIt(String body) {
    takesATitleOrNot(body);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 81})
  void takesATitleUpToItsMaximum(int length) {
    takesATitleOrNot("{\"title\": \"" + "\\ud83d\\udcde".repeat(length) + "\"}");
  }

  private static void takesATitleOrNot(String body) {
    String operation = "PATCH /api/chat/{conversationId}";
    Api alice = product.as("alice");
    String id = alice.say(null, "Hello").body().path("conversationId").asText();
    Api.Answer answer = new ApiCall(operation, "/api/chat/" + id, body).by(alice);
    assertThat(answer.status() == 400)
        .as(answer.text())
        .isEqualTo(!document.allows(operation, body));
    document.check(operation, answer);
  }

  @ParameterizedTest
  @CsvSource({"pen, 100, 101", "message, 4000, 4001"})
  void takesTextsUpToTheirMaximum(String what, int longest, int tooLong) {
    String operation = what.equals("pen") ? "POST /api/purchases" : "POST /api/chat";
    String body =
        what.equals("pen") ? "{\"product\": \"%s\", \"qty\": 1}" : "{\"message\": \"%s\"}";
    for (int length : new int[] {longest, tooLong}) {
      takesABodyExactlyWhenItsSchemaAllowsIt(operation, body.formatted("x".repeat(length)));
    }
  }
}
