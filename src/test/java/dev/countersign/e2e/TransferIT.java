package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.Browser;
import dev.countersign.devservices.bank.BankBook;
import dev.countersign.devservices.bank.TransferMoney;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second tool in the chat, which is one bean more and nothing else. */
class TransferIT {
  private static Product product;
  private static BankBook book;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    book = new BankBook(data.resolve("transfers.tsv"));
    product =
        new Product()
            .with(application -> {
              application.registerBean(BankBook.class, () -> book);
              application.registerBean(TransferMoney.class);
              application.registerBean(StandingOrders.class);
            })
            .startApplication();
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  private static JsonNode approval(String id) {
    return product.as("alice").get("/api/approvals/" + id).body();
  }

  private static JsonNode awaitEnd(String id) {
    return await()
        .atMost(Product.PATIENCE)
        .until(() -> approval(id), call -> !call.path("endedAt").isNull());
  }

  private static String asked(String words) {
    JsonNode turn = product.as("alice").say(null, words).body();
    assertThat(turn.at("/calls/0/tool").asText()).as("%s", turn).isEqualTo("transfer_money");
    return turn.at("/calls/0/id").asText();
  }

  @Test
  void transfersOnceAfterAYes() {
    String id = asked("Transfer 50 euros to Bob");
    product.phoneOf("alice").approve("Transfer 50 EUR to Bob");

    JsonNode done = awaitEnd(id);

    assertThat(done.path("status").asText()).as("%s", done).isEqualTo("DONE");
    assertThat(done.path("result").asText()).isEqualTo("Transferred 50 EUR to Bob");
    assertThat(done.at("/arguments/recipient").asText()).isEqualTo("Bob");
    assertThat(book.transfers()).containsOnlyOnce(id + "\tauth0|alice\t50\tBob");
    assertThat(product.as("alice").get("/api/purchases/" + id).status()).isEqualTo(404);
    assertThat(product.as("bob").get("/api/approvals/" + id).status()).isEqualTo(404);
  }

  @Test
  void transfersNothingAfterANo() {
    String id = asked("Transfer 51 euros to Bob");
    product.phoneOf("alice").deny("Transfer 51 EUR to Bob");

    assertThat(awaitEnd(id).path("status").asText()).isEqualTo("DENIED");
    assertThat(book.transfers()).noneMatch(line -> line.startsWith(id));
  }

  @Test
  void passesTheToolsRefusalOn() {
    String id = asked("Transfer 10001 euros to Bob");
    product.phoneOf("alice").approve("Transfer 10001 EUR to Bob");

    JsonNode refused = awaitEnd(id);

    assertThat(refused.path("status").asText()).isEqualTo("REJECTED");
    assertThat(refused.path("code").asText()).isEqualTo("refused");
    assertThat(refused.path("reason").asText())
        .contains("covers transfers of up to 10,000 EUR")
        .endsWith("Nothing was done.");
  }

  @Test
  void isTakenBackByTheApiAndFoundByItsStatus() {
    String id = asked("Transfer 52 euros to Bob");

    assertThat(product.as("alice").post("/api/approvals/" + id + "/cancel", "").status())
        .isEqualTo(200);

    assertThat(approval(id).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(product.as("alice").post("/api/approvals/" + id + "/cancel", "").status())
        .isEqualTo(200);
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            product
                .as("alice")
                .get("/api/approvals?tool=transfer_money&status=CANCELLED")
                .body()
                .path("calls")
                .findValuesAsText("id")
                .contains(id));
  }

  @Test
  void asksNobodyForWhatCannotBe() {
    JsonNode turn = product.as("alice").say(null, "Transfer 0 euros to Bob").body();

    assertThat(turn.path("calls")).isEmpty();
    assertThat(turn.at("/messages/1/text").asText()).contains("amount must be more than 0");
  }

  /** What the model makes of it is no matter here. */
  private static JsonNode pay(int amount, String recipient) {
    String words = "Pay " + recipient + " " + amount + " again";
    product.scriptedCalls.put(words, StandingOrders.call(amount, recipient));
    return product.as("alice").say(null, words).body();
  }

  private static String paidAfterAYes(int amount, String recipient) {
    String id = pay(amount, recipient).at("/calls/0/id").asText();
    product.phoneOf("alice").approve("Pay " + amount + " EUR to " + recipient + " again");
    assertThat(awaitEnd(id).path("status").asText()).isEqualTo("DONE");
    return id;
  }

  private static JsonNode grants(String user) {
    return product.as(user).get("/api/grants").body().path("grants");
  }

  @Test
  void asksOnceForWhatIsRememberedUntilItsUserEndsIt() {
    String first = paidAfterAYes(7, "Carol");

    JsonNode turn = pay(7, "Carol");

    JsonNode covered = turn.at("/calls/0");
    assertThat(covered.path("status").asText()).as("%s", turn).isEqualTo("DONE");
    assertThat(covered.at("/coveredBy/callId").asText()).isEqualTo(first);
    assertThat(covered.at("/coveredBy/approvedAt").asText())
        .isEqualTo(approval(first).path("decidedAt").asText());
    assertThat(turn.at("/messages/1/text").asText())
        .contains("It is done: Paid 7 EUR to Carol.")
        .contains("Paid 7 EUR to Carol (Not asked again: covered by the user's approval of ");
    assertThat(product.application().getBean(StandingOrders.class).paid())
        .containsExactly(first, covered.path("id").asText());

    JsonNode other = pay(8, "Carol").at("/calls/0");
    assertThat(other.path("coveredBy").isNull()).isTrue();
    product.as("alice").post("/api/approvals/" + other.path("id").asText() + "/cancel", "");

    assertThat(grants("alice").findValuesAsText("message")).contains("Pay 7 EUR to Carol again");
    assertThat(grants("bob")).isEmpty();
    assertThat(product.as("bob").call("DELETE", "/api/grants/" + first, null).status())
        .isEqualTo(404);
    assertThat(product.as("alice").call("DELETE", "/api/grants/" + first, null).status())
        .isEqualTo(204);
    assertThat(product.as("alice").call("DELETE", "/api/grants/" + first, null).status())
        .isEqualTo(404);
    assertThat(grants("alice").findValuesAsText("id")).doesNotContain(first);
    assertThat(pay(7, "Carol").at("/calls/0/coveredBy").isNull()).isTrue();
    product.phoneOf("alice").deny("Pay 7 EUR to Carol again");
  }

  @Test
  void asksAgainAfterSigningOut() throws IOException {
    paidAfterAYes(9, "Dave");
    assertThat(grants("alice").findValuesAsText("message")).contains("Pay 9 EUR to Dave again");

    try (Browser browser = new Browser()) {
      browser.signIn(product.base(), "alice");
      assertThat(browser.postAsScript(product.base() + "/logout", "").statusCode()).isEqualTo(200);
    }

    assertThat(grants("alice")).isEmpty();
    assertThat(pay(9, "Dave").at("/calls/0/coveredBy").isNull()).isTrue();
    product.phoneOf("alice").deny("Pay 9 EUR to Dave again");
  }
}
