package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users of the API and the chat are told who ask too often. */
class QuestionLimitsIT {
  private static final int OPEN = 2;

  @RegisterExtension
  static final Product product =
      new Product()
          .startApplication(
              "countersign.guard.questions.open=" + OPEN,
              "countersign.guard.questions.per-hour=3",
              "countersign.guard.questions.line=50");

  @Test
  void asksTwoAtATimeAndNoMoreThanThreeAnHour() {
    Api alice = product.as("alice");
    List<String> ids = new ArrayList<>();
    for (int qty = 1; qty <= 4; qty++) {
      ids.add(alice.buy(qty, "lanterns"));
    }
    await()
        .atMost(Product.PATIENCE)
        .until(() -> codes(alice, ids).stream().filter("in_line"::equals).count() == 2);
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
