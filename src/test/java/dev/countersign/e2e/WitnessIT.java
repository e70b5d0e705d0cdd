package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.Browser;
import dev.countersign.audit.AuditLog;
import dev.countersign.metrics.MetricsTables;
import dev.countersign.python.PythonPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be shown afterwards: signed receipts, which a public tool verifies, the audit log and
 * the metrics; and what operators may do, which is all but approve. Bob is one.
 */
class WitnessIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOB = Product.USERS.of("auth0|bob");
  private static final String ALICE = Product.USERS.of("auth0|alice");
  private static final String CALLS = "/api/operator/calls";

  private static final Product product =
      new Product()
          .with(context -> context.registerBean(VagueTool.class))
          .startApplication(
              "countersign.receipts.key=" + Product.receiptsKey(),
              "countersign.operators.claim=preferred_username",
              "countersign.operators.value=bob");

  private final AuditLog audit = new AuditLog();

  @AfterEach
  void stopListening() {
    audit.close();
    assertThat(audit.entries())
        .noneSatisfy(entry ->
            assertThat(entry.text())
                .containsAnyOf("auth0|", "Alice", "Bob", "eyJ", "buy", "vague about"));
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  private static Api alice() {
    return product.as("alice");
  }

  private static Api bob() {
    return product.as("bob");
  }

  private static String pending(String what) {
    String id = alice().buy(1, what);
    Product.awaitStatus(alice(), id, "AWAITING_APPROVAL");
    return id;
  }

  private static String ordered(String what) {
    String id = pending(what);
    product.phoneOf("alice").approve("Do you want to buy 1 " + what);
    Product.awaitStatus(alice(), id, "ORDERED");
    return id;
  }

  @Test
  void receiptIsVerifiedByAPublicTool(@TempDir Path folder) throws Exception {
    String id = ordered("globe");
    Api.Answer receipt = alice().get("/api/approvals/" + id + "/receipt");
    assertThat(receipt.status()).as(receipt.text()).isEqualTo(200);
    assertThat(receipt.contentType()).startsWith("application/jwt");
    Api.Answer keys = product.anonymous().get("/.well-known/countersign-receipts.json");
    assertThat(keys.text()).contains("\"kid\"").doesNotContain("\"d\"");
    Files.writeString(folder.resolve("countersign-receipts.json"), keys.text());

    JsonNode claims = verified(folder, receipt.text());

    assertThat(claims.path("sub").asText()).isEqualTo("auth0|alice");
    assertThat(claims.path("call").path("id").asText()).isEqualTo(id);
    assertThat(claims.path("call").path("message").asText())
        .isEqualTo("Do you want to buy 1 globe");
    assertThat(claims.path("call").path("arguments_sha256").asText()).hasSize(64);
    JsonNode approval = claims.path("approval");
    assertThat(approval.path("issuer").asText()).isEqualTo(product.tenant.issuer());
    assertThat(approval.path("subject").asText()).isEqualTo("auth0|alice");
    assertThat(approval.path("acr").asText()).isEqualTo("urn:countersign:phone");
    assertThat(approval.path("amr").toString()).isEqualTo("[\"swk\",\"user\"]");
    assertThat(approval.path("token_jti").asText()).isNotEmpty();
    assertThat(approval.path("auth_time").asLong())
        .isBetween(approval.path("asked_at").asLong(), approval.path("approved_at").asLong());
    assertThat(claims.path("outcome").path("status").asText()).isEqualTo("DONE");
    assertThat(claims.path("outcome").path("witnessed").asBoolean()).isTrue();

    String[] parts = receipt.text().split("\\.", -1);
    String forged = parts[0] + "." + parts[1].substring(0, parts[1].length() - 2) + "A." + parts[2];
    assertThatThrownBy(() -> verified(folder, forged)).isInstanceOf(IOException.class);
  }

  private static JsonNode verified(Path folder, String receipt)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("receipt.jwt"), receipt);
    Matcher example =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/audit.md")));
    assertThat(example.find()).isTrue();
    return JSON.readTree(python(folder, "-c", example.group(1)));
  }

  private static String python(Path folder, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder("python3");
    command.command().addAll(List.of(arguments));
    command.environment().put("PYTHONPATH", packages().toString());
    Path printed = Files.createTempFile(folder, "printed", ".txt");
    Process process =
        command
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(printed);
    if (process.exitValue() != 0) {
      throw new IOException(said);
    }
    return said;
  }

  /**
   * Put there once by pip; without it, or without its index, there is nothing to be tested with.
   */
  private static Path packages() {
    Path directory = Path.of("target", "python-jwcrypto").toAbsolutePath();
    try {
      return new PythonPackages("jwcrypto", "jwcrypto", "1.5.6", directory).installed();
    } catch (UncheckedIOException e) {
      assumeTrue("true".equals(System.getenv("CI")), "Python has no pip here");
      throw e;
    }
  }

  @Test
  void thereIsNoReceiptForOthersNorOfWhatGoesOnOrWasNotApproved() {
    String id = pending("harp");
    assertThat(alice().get("/api/approvals/" + id + "/receipt").status()).isEqualTo(409);
    assertThat(bob().get("/api/approvals/" + id + "/receipt").status()).isEqualTo(404);
    alice().post("/api/approvals/" + id + "/cancel", "");
    assertThat(alice().get("/api/approvals/" + id + "/receipt").status()).isEqualTo(404);
    assertThat(alice().get("/api/approvals/none/receipt").status()).isEqualTo(404);
    assertThat(product.anonymous().get("/api/approvals/" + id + "/receipt").status())
        .isEqualTo(401);
  }

  @Test
  void operatorSeesAllCallsAndTakesOneBack() {
    String id = pending("lute");

    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            Api.elements(
                    bob()
                        .get(CALLS + "?status=AWAITING_APPROVAL&tool=shop_online&user=" + ALICE)
                        .body()
                        .path("calls"))
                .anyMatch(call ->
                    call.path("call").path("id").asText().equals(id)
                        && call.path("user").asText().equals(ALICE)));
    assertThat(bob().get(CALLS + "/" + id).body().path("call").path("status").asText())
        .isEqualTo("AWAITING_APPROVAL");
    assertThat(bob().get(CALLS + "/" + id + "/receipt").status()).isEqualTo(409);
    assertThat(
            bob()
                .post(CALLS + "/" + id + "/cancel", "")
                .body()
                .path("call")
                .path("status")
                .asText())
        .isEqualTo("CANCELLED");

    assertThat(alice().purchase(id).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(audit.of(id))
        .extracting(entry -> entry.fields().get("act") + " " + entry.fields().get("outcome"))
        .contains("show awaiting_approval", "receipt awaiting_approval", "cancel cancelled");
    assertThat(audit.entries())
        .filteredOn(entry -> entry.event().equals("operator_act"))
        .allSatisfy(entry -> assertThat(entry.fields()).containsEntry("operatorDigest", BOB));
  }

  @Test
  void operatorSettlesWhatNobodyKnows() {
    String id = VagueTool.unknown(product, "Monday");
    String path = CALLS + "/" + id;
    assertThat(bob().get(path + "/receipt").status()).isEqualTo(200);
    assertThat(bob().post(path + "/settle", "{}").status()).isEqualTo(400);

    Api.Answer settled =
        bob().post(path + "/settle", "{\"done\": true, \"words\": \"Seen in the books\"}");

    assertThat(settled.status()).as(settled.text()).isEqualTo(200);
    VagueTool.awaitStatus(product, id, "DONE");
    assertThat(bob().post(path + "/settle", "{\"done\": false}").status()).isEqualTo(409);
    assertThat(bob().post(path + "/cancel", "").status()).isEqualTo(409);
    assertThat(audit.of(id))
        .extracting(entry -> entry.fields().get("act") + " " + entry.fields().get("outcome"))
        .contains("settle outcome_unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/{id}", "/{id}/receipt", "/{id}/cancel", "/{id}/settle"})
  void nobodyElseIsLetInAndNobodyApprovesForOthers(String path) {
    String id = alice().buy(1, "zither");
    String address = CALLS + path.replace("{id}", id);
    boolean changes = path.endsWith("cancel") || path.endsWith("settle");
    String method = changes ? "POST" : "GET";
    String body = changes ? "{\"done\": true}" : null;

    assertThat(alice().call(method, address, body, "Content-Type", "application/json").status())
        .isEqualTo(403);
    assertThat(product.anonymous().call(method, address, body).status()).isEqualTo(401);
    for (String approves : List.of("approve", "approval", "decide", "grant")) {
      assertThat(bob().post(CALLS + "/" + id + "/" + approves, "{}").status()).isIn(404, 405);
    }
    assertThat(audit.entries())
        .filteredOn(entry -> "no_operator".equals(entry.fields().get("outcome")))
        .singleElement()
        .satisfies(entry ->
            assertThat(entry.fields())
                .containsEntry("operatorDigest", ALICE)
                .containsEntry("act", "refused"));
  }

  @Test
  void operatorMaySignInAtThePage() throws Exception {
    try (Browser browser = new Browser()) {
      browser.signIn(product.base(), "bob");
      assertThat(browser.get(product.base() + CALLS).statusCode()).isEqualTo(200);
      assertThat(browser.get(product.base() + "/api/session").body()).contains("\"operator\":true");
    }
    try (Browser browser = new Browser()) {
      browser.signIn(product.base(), "alice");
      assertThat(browser.get(product.base() + CALLS).statusCode()).isEqualTo(403);
      assertThat(browser.get(product.base() + "/api/session").body())
          .contains("\"operator\":false");
    }
  }

  @Test
  void tellsOfLoginsLogoutsAndRefusedTokens() {
    new Api(product.base(), "eyJhbGciOiJub25lIn0.e30.").get("/api/purchases");
    try (Browser browser = new Browser()) {
      browser.signIn(product.base(), "alice");
      browser.postAsScript(product.base() + "/logout", "");
      browser.get(product.base() + "/login/oauth2/code/countersign?error=access_denied&state=x");
    }

    assertThat(audit.entries())
        .extracting(AuditLog.Entry::fields)
        .contains(
            Map.of("auditEvent", "token_refused", "outcome", "invalid_token"),
            Map.of("auditEvent", "login", "userDigest", ALICE),
            Map.of("auditEvent", "logout", "userDigest", ALICE, "outcome", "by_user"))
        .anySatisfy(fields -> assertThat(fields).containsEntry("auditEvent", "login_refused"));
  }

  /** From the question to the end, and each step in its series. */
  @Test
  void measuresEachStepOfACall() {
    Scrape before = Scrape.of(product);
    String id = pending("oboe");
    await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> {
          Scrape waiting = Scrape.of(product);
          assertThat(waiting.sum("countersign_approvals_pending")).isPositive();
          assertThat(waiting.sum("countersign_approvals_oldest_seconds")).isPositive();
          assertThat(waiting.sum("countersign_polls_waiting")).isPositive();
          assertThat(waiting.sum("countersign_approvals_overdue")).isZero();
          assertThat(waiting.sum("countersign_approvals_unrun")).isZero();
        });
    product.phoneOf("alice").approve("Do you want to buy 1 oboe");
    Product.awaitStatus(alice(), id, "ORDERED");
    String denied = pending("tuba");
    product.phoneOf("alice").deny("Do you want to buy 1 tuba");
    Product.awaitStatus(alice(), denied, "DENIED");
    assertThat(alice().say(null, "Hello").status()).isEqualTo(200);

    Scrape now = Scrape.of(product);
    assertRose(before, now, "countersign_conversations_begun_total");
    assertRose(before, now, "countersign_conversations_turns_total");
    assertRose(before, now, "countersign_questions_total", "outcome=asked", "tool=shop_online");
    assertRose(before, now, "countersign_decisions_total", "outcome=approved", "tool=shop_online");
    assertRose(before, now, "countersign_decisions_total", "outcome=denied", "tool=shop_online");
    assertRose(before, now, "countersign_decision_time_seconds_sum", "outcome=approved");
    assertRose(before, now, "countersign_provider_asks_seconds_count", "answer=accepted");
    assertRose(before, now, "countersign_provider_polls_seconds_count", "answer=granted");
    assertRose(before, now, "countersign_provider_polls_seconds_count", "answer=denied");
    assertRose(before, now, "countersign_run_delay_seconds_count");
    assertRose(before, now, "countersign_runs_total", "outcome=done", "tool=shop_online");
    assertThat(now.sum("countersign_peer_up", "peer=provider")).isOne();
    assertThat(now.sum("countersign_peer_up", "peer=shop")).isOne();
    assertThat(now.sum("countersign_lease_held")).isOne();
    assertThat(now.sum("countersign_lease_age_seconds")).isBetween(0.0, 10.0);
    assertThat(now.sum("countersign_clock_skew_seconds", "machine=temporal")).isBetween(-5.0, 5.0);
    assertThat(now.sum("countersign_polls_budget")).isPositive();
  }

  private static void assertRose(Scrape before, Scrape now, String name, String... labels) {
    assertThat(now.sum(name, labels))
        .as("%s %s", name, List.of(labels))
        .isGreaterThan(before.sumIfAny(name, labels));
  }

  /** After a story in which each occurs. */
  @Test
  void measuresWhatTheTablesSay() throws Exception {
    ordered("easel");
    alice().post("/api/approvals/" + pending("gong") + "/cancel", "");
    assertThat(alice().say(null, "Hello").status()).isEqualTo(200);
    new Api(product.base(), "eyJhbGciOiJub25lIn0.e30.").get("/api/purchases");
    try (Browser browser = new Browser()) {
      browser.signIn(product.base(), "alice");
    }

    await()
        .atMost(Product.PATIENCE)
        .untilAsserted(() -> {
          Scrape scrape = Scrape.of(product);
          assertThat(
                  scrape.types().keySet().stream()
                      .filter(name -> name.matches("(countersign|gen_ai)_.*(?<!_max)"))
                      .map(name ->
                          new MetricsTables.Series(
                              name, scrape.types().getOrDefault(name, ""), scrape.labels(name))))
              .containsExactlyInAnyOrderElementsOf(
                  MetricsTables.own().stream()
                      // the model of these tests counts no tokens: ModelActivitiesTest has them
                      .filter(series -> !series.name().equals("gen_ai_client_token_usage"))
                      .toList());
          assertThat(scrape.types())
              .containsEntry("temporal_num_pollers", "gauge")
              .containsEntry("temporal_worker_task_slots_available", "gauge")
              .containsEntry(
                  "temporal_workflow_task_schedule_to_start_latency_seconds", "histogram")
              .containsEntry("temporal_activity_schedule_to_start_latency_seconds", "histogram");
          for (String poller : List.of("workflow_task", "activity_task")) {
            assertThat(scrape.sum("temporal_num_pollers", "poller_type=" + poller)).isPositive();
          }
          for (String worker : List.of("WorkflowWorker", "ActivityWorker")) {
            assertThat(scrape.sum("temporal_worker_task_slots_available", "worker_type=" + worker))
                .isPositive();
          }
        });
  }

  /** What its users and products are called, and its calls' ids, are in no label. */
  @Test
  void labelsNothingByWhoseItIs() {
    ordered("zilch");

    assertThat(Scrape.of(product).samples())
        .filteredOn(sample -> sample.name().matches("(countersign|gen_ai)_.*"))
        .flatExtracting(sample -> sample.labels().values())
        .noneMatch(
            value -> value.contains("zilch") || value.contains("auth0|") || value.contains(ALICE));
  }
}
