package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.audit.AuditLog;
import dev.countersign.temporal.TemporalCustomizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users of the API and the chat are told who ask too often. */
class QuestionLimitsIT {
  private static final int OPEN = 2;
  private static final TemporalCalls calls = new TemporalCalls();

  @RegisterExtension
  static final Product product =
      new Product()
          .with(context ->
              context.registerBean("temporalCalls", TemporalCustomizer.class, () -> calls))
          .startApplication(
              "countersign.guard.questions.open=" + OPEN,
              "countersign.guard.questions.per-hour=3",
              "countersign.guard.questions.line=50",
              "countersign.chat.limits.conversations-a-day=3",
              "countersign.chat.limits.tokens-a-day=30000");

  @Test
  void asksTwoAtATimeAndNoMoreThanThreeAnHour() {
    Api alice = product.as("alice");
    List<String> ids = new ArrayList<>();
    for (int qty = 1; qty <= 4; qty++) {
      ids.add(alice.buy(qty, "lanterns"));
    }
    await()
        .atMost(Product.PATIENCE)
        .until(() -> {
          List<String> codes = codes(alice, ids);
          return Collections.frequency(codes, "in_line") == 2
              && Collections.frequency(codes, "authorization_pending") == OPEN;
        });
    List<String> open =
        ids.stream().filter(id -> code(alice, id).equals("authorization_pending")).toList();
    assertThat(open).hasSize(OPEN);

    alice.post("/api/purchases/" + open.getFirst() + "/cancel", "");
    await()
        .atMost(Product.PATIENCE)
        .until(() -> codes(alice, ids).contains("cancelled") && isAskedThree(alice, ids));
    alice.post("/api/purchases/" + open.getLast() + "/cancel", "");
    await().atMost(Product.PATIENCE).until(() -> codes(alice, ids).contains("too_many_questions"));

    Api.Answer refused = alice.post("/api/purchases", "{\"product\":\"lanterns\",\"qty\":9}");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
        .isBetween(3_000L, 3_600L);
    assertThat(refused.contentType()).isEqualTo("application/problem+json");
    assertThat(refused.text()).contains("You have been asked 3 times within an hour");
    Api.Answer said = alice.say(null, "Buy 7 lanterns");
    assertThat(alice.said(said.body().path("conversationId").asText()))
        .last(InstanceOfAssertFactories.STRING)
        .contains("You have been asked 3 times within an hour")
        .contains("Nothing was done");
  }

  /** Nothing has happened to them since. */
  @Test
  void listsThoseInLineWithoutAskingThemAgain() {
    Api olivia = product.as("olivia");
    List<String> ids = new ArrayList<>();
    for (int qty = 1; qty <= OPEN + 1; qty++) {
      ids.add(olivia.buy(qty, "zithers"));
    }
    await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> {
          JsonNode listed = olivia.get("/api/purchases").body().path("purchases");
          assertThat(listed.findValuesAsText("code"))
              .containsOnly("in_line", "authorization_pending")
              .containsOnlyOnce("in_line");
          int queries = calls.of("QueryWorkflow");
          assertThat(olivia.get("/api/purchases").body().path("purchases")).isEqualTo(listed);
          assertThat(calls.of("QueryWorkflow")).isEqualTo(queries);
        });

    String asked =
        ids.stream()
            .filter(id -> code(olivia, id).equals("authorization_pending"))
            .findFirst()
            .orElseThrow();
    olivia.post("/api/purchases/" + asked + "/cancel", "");
    await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    olivia.get("/api/purchases?status=AWAITING_APPROVAL").body().path("purchases"))
                .hasSize(OPEN)
                .allSatisfy(call -> assertThat(call.path("id").asText()).isNotEqualTo(asked)));
  }

  @Test
  void tellsWhenTheModelsTokensAreUsedUpAndWhatBecameOfCallsAllTheSame() {
    Api bob = product.as("bob");
    JsonNode bought = bob.say(null, "Buy 2 violins").body();
    String conversation = bought.path("conversationId").asText();
    String many = "Hello. ".repeat(550);
    for (int turns = 0; !isUsedUp(bob, conversation) && turns < 20; turns++) {
      assertThat(bob.say(conversation, many).status()).isEqualTo(200);
    }
    assertThat(bob.said(conversation))
        .last(InstanceOfAssertFactories.STRING)
        .contains("nothing was started. It goes on in 2")
        .contains("hours (at ");
    List<String> asked = List.copyOf(product.toldToTheModel);
    bob.call("DELETE", "/api/chat/" + another(bob), null);
    try (AuditLog audit = new AuditLog()) {
      assertThat(isUsedUp(bob, another(bob))).isTrue();
      assertAudited(audit, "tokens");
    }

    int before = bob.said(conversation).size();
    product.phoneOf("bob").approve("Do you want to buy 2 violins");
    await().atMost(Product.PATIENCE).until(() -> bob.said(conversation).size() > before);

    assertThat(bob.said(conversation).getLast()).startsWith("It is done: Order ");
    assertThat(product.orders("violins")).hasSize(1);
    assertThat(product.toldToTheModel.stream().filter(told -> told.contains("violins")))
        .containsExactlyElementsOf(
            asked.stream().filter(told -> told.contains("violins")).toList());
    assertThat(product.as("alice").say(null, "Hello").text()).doesNotContain("used up");
  }

  private static void assertAudited(AuditLog audit, String limit) {
    assertThat(audit.entries())
        .filteredOn(entry -> entry.event().equals("limit_reached"))
        .isNotEmpty()
        .allSatisfy(entry -> {
          assertThat(entry.summary()).isEqualTo("limit_reached " + limit);
          assertThat(entry.fields().get("userDigest")).matches("[0-9a-f]{32}");
        });
  }

  private static String another(Api user) {
    return user.say(null, "Hello").body().path("conversationId").asText();
  }

  private static boolean isUsedUp(Api user, String conversation) {
    return user.said(conversation)
        .getLast()
        .startsWith("You have used up what the assistant may read and write for you in 24 hours");
  }

  @Test
  void beginsThreeConversationsADayAndNoneAgainForOneThatIsDeleted() {
    Api carol = product.as("carol");
    String first = "{\"message\":\"Hello\"}";
    String[] key = {"Idempotency-Key", "the-first"};
    JsonNode begun = carol.post("/api/chat", first, key).body();
    another(carol);
    carol.call("DELETE", "/api/chat/" + another(carol), null);

    Api.Answer refused;
    try (AuditLog audit = new AuditLog()) {
      refused = carol.say(null, "Hello");
      assertAudited(audit, "conversations");
    }
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.contentType()).isEqualTo("application/problem+json");
    assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
        .isBetween(86_000L, 86_400L);
    assertThat(refused.text())
        .contains("You have begun as many conversations as you may in 24 hours.")
        .contains("You can begin another in 24 hours (at ")
        .contains("or go on now with one that you have.");
    assertThat(carol.post("/api/chat", first, "Prefer", "respond-async").status()).isEqualTo(429);
    try (AuditLog audit = new AuditLog()) {
      assertThat(carol.post("/api/chat", first, key).body()).isEqualTo(begun);
      assertThat(audit.entries()).extracting("event").doesNotContain("limit_reached");
    }
    assertThat(carol.say(begun.path("conversationId").asText(), "And now?").status())
        .isEqualTo(200);
  }

  private static boolean isAskedThree(Api user, List<String> ids) {
    return codes(user, ids).stream().filter("authorization_pending"::equals).count() == OPEN;
  }

  private static List<String> codes(Api user, List<String> ids) {
    return ids.stream().map(id -> code(user, id)).toList();
  }

  private static String code(Api user, String id) {
    return user.purchase(id).path("code").asText();
  }
}
