package dev.countersign.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import dev.countersign.Browser;
import dev.countersign.app.chat.model.ModelActivities;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import dev.langchain4j.exception.AuthenticationException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Whatever the application says to anybody has no secret in it: not what it keeps at Temporal, what
 * it logs, counts and answers, in no form that can be read. With payloads sealed nobody reads in
 * Temporal whom they are about, or what.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {
  private static final String API_KEY = "sk-proj-4x7Wq0aYt2LhC9";
  private static final String PRODUCT = "wolpertingers";
  private static final String PAYEE = "Quetzalcoatl";
  private static final String HINT = "plain-hint-token-of-alice";
  private static final String USER_CODE = "plain-user-code-of-alice";
  private static final String CHAT = "Tell me about the hippogriffs of Ruritania";

  /** On which the embedded tenant answers, whose Spring Security logs at DEBUG as well. */
  private static final String TENANTS_THREADS = "loopback-";

  /** Longer than what the server takes of a summary. */
  private static final String LONG = CHAT + " and of the hills".repeat(30);

  private final String receiptsKey = Product.receiptsKey();
  private final Emissions said = new Emissions();
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Overheard overheard = new Overheard();

  @ParameterizedTest
  @ValueSource(strings = {"plain", "sealed"})
  void areReadableNowhere(String payloads, CapturedOutput output) throws Exception {
    try (Product product =
            new Product()
                .with(application -> {
                  application.registerBean(StandingOrders.class);
                  application.registerBean(Overheard.class, () -> overheard);
                });
        NotifyingTenant provider = NotifyingTenant.before(product.tenant)) {
      product.startApplication(
          "countersign.temporal.payloads.mode=" + payloads,
          "countersign.ciba.delivery-mode=ping",
          "countersign.ciba.safety-interval=2s",
          "countersign.ciba.user-codes=true",
          "countersign.ciba.caller-hints=true",
          "countersign.receipts.key=" + receiptsKey,
          "countersign.chat.model.api-key=" + API_KEY,
          "logging.level.dev.countersign=trace",
          "logging.level.org.springframework.security=debug",
          "logging.level.org.springframework.web=debug",
          "logging.level.io.temporal=debug");
      provider.notifies(product.base() + "/ciba/notification");
      WorkflowServiceStubs stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder()
                  .setTarget(product.temporal.target())
                  .build());
      try {
        buysAndTalks(product, stubs.blockingStub());
        signsIn(product);
        asksForNonsense(product);
        keep(stubs.blockingStub());
      } finally {
        stubs.shutdown();
      }
      String management =
          product.application().getEnvironment().getProperty("local.management.port");
      for (String path : List.of("/actuator/prometheus", "/actuator/health")) {
        said.add("metrics", new Api("http://localhost:" + management, null).get(path).text());
      }
      Thread.getAllStackTraces().keySet().forEach(thread -> said.add("threads", thread.getName()));
      collectSecrets(product);
    }
    said.add("log", output.getAll());
    output
        .getAll()
        .lines()
        .filter(line -> !line.contains(TENANTS_THREADS))
        .forEach(line -> said.add("own log", line));

    assertThat(output.getAll()).contains("Approved after");
    for (String where : List.of("history", "log", "metrics", "answers", "threads", "cookies")) {
      assertThat(said.length(where)).as(where).isPositive();
    }
    assertThat(secrets.keySet().toString())
        .contains("access token", "ID token", "auth_req_id", "notification token");
    assertThat(said.find(secrets, "history", "log", "metrics", "answers", "threads", "cookies"))
        .isEmpty();
    if (payloads.equals("plain")) {
      assertThat(said.find(Map.of("product", PRODUCT), "history")).isNotEmpty();
    } else {
      assertThat(said.find(people(), "history", "own log", "metrics", "threads", "cookies"))
          .isEmpty();
    }
  }

  private static Map<String, String> people() {
    return Map.of(
        "sub", "auth0|alice",
        "e-mail", "alice@example.com",
        "product", PRODUCT,
        "payee", PAYEE,
        "chat", "hippogriffs",
        "answer", "griffin-like");
  }

  private void collectSecrets(Product product) throws ParseException {
    secrets.putAll(overheard.secrets());
    secrets.put("client secret", product.tenant.clientSecret());
    secrets.put("API key", API_KEY);
    secrets.put("sealing key", Product.KEYS.substring(Product.KEYS.indexOf(':') + 1));
    secrets.put("bytes of the sealing key", "12345678901234567890123456789012");
    secrets.put("key of user digests", Product.USER_KEY);
    secrets.put("receipts' key", JWK.parse(receiptsKey).toECKey().getD().toString());
    secrets.put("hint", HINT);
    secrets.put("user code", USER_CODE);
  }

  private JsonNode answered(Api.Answer answer) {
    said.add("answers", answer.headers().map() + answer.text());
    return answer.body();
  }

  private void buysAndTalks(Product product, WorkflowServiceBlockingStub temporal)
      throws InterruptedException {
    Api alice = product.as("alice");
    secrets.put("bearer token", String.valueOf(alice.token()));
    JsonNode turn = answered(alice.say(null, "Buy 2 " + PRODUCT));
    String conversation = turn.path("conversationId").asText();
    String approved = turn.at("/calls/0/id").asText();
    await()
        .atMost(Product.PATIENCE)
        .until(
            () -> described(temporal, approved),
            call ->
                call.getPendingActivitiesList().stream()
                    .anyMatch(activity -> activity.hasHeartbeatDetails()));
    product.phoneOf("alice").approve("Do you want to buy 2 " + PRODUCT);
    Product.awaitStatus(alice, approved, "ORDERED");

    String denied = alice.buy(3, PRODUCT);
    product.phoneOf("alice").deny("Do you want to buy 3 " + PRODUCT);
    Product.awaitStatus(alice, denied, "DENIED");

    String cancelled = alice.buy(4, PRODUCT);
    answered(alice.post("/api/purchases/" + cancelled + "/cancel", ""));
    Product.awaitStatus(alice, cancelled, "CANCELLED");

    product.shop.faults().next("orders", 1, new Fault.Answer(422, "No " + PRODUCT, null));
    String failed = alice.buy(5, PRODUCT);
    product.phoneOf("alice").approve("Do you want to buy 5 " + PRODUCT);
    Product.awaitStatus(alice, failed, "REJECTED");

    String refused =
        answered(
                alice.post(
                    "/api/purchases",
                    "{\"product\": \"%s\", \"qty\": 6, \"loginHintToken\": \"%s\", \"userCode\": \"%s\"}"
                        .formatted(PRODUCT, HINT, USER_CODE)))
            .path("id")
            .asText();
    Product.awaitStatus(alice, refused, "REJECTED");

    product.scriptedCalls.put("Pay again", StandingOrders.call(7, PAYEE));
    String first = answered(alice.say(null, "Pay again")).at("/calls/0/id").asText();
    product.phoneOf("alice").approve("Pay 7 EUR to " + PAYEE + " again");
    await()
        .atMost(Product.PATIENCE)
        .until(
            () -> alice.get("/api/approvals/" + first).body(),
            call -> call.path("status").asText().equals("DONE"));
    assertThat(answered(alice.say(null, "Pay again")).at("/calls/0/coveredBy/callId").asText())
        .isEqualTo(first);

    said.add("answers", alice.get("/api/approvals/" + approved + "/receipt").text());
    listensToTheModel(product, temporal, conversation);
    product.scriptedAnswers.put(
        "Are you there?",
        () -> {
          throw new AuthenticationException("Incorrect API key provided: " + API_KEY);
        });
    answered(alice.say(conversation, "Are you there?"));
    for (String path :
        List.of(
            "/api/chat",
            "/api/chat/" + conversation,
            "/api/purchases",
            "/api/approvals",
            "/api/approvals/" + approved,
            "/api/grants")) {
      assertThat(answered(alice.get(path)).isMissingNode()).as(path).isFalse();
    }
  }

  /** Its words come in heartbeats. */
  private void listensToTheModel(
      Product product, WorkflowServiceBlockingStub temporal, String conversation)
      throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(1);
    product.scriptedAnswers.put(LONG, () -> "They are griffin-like and friendly. Indeed they are.");
    product.holdWord("Indeed", heard);
    Thread talk =
        Thread.ofVirtual().start(() -> answered(product.as("alice").say(conversation, LONG)));
    Predicate<DescribeWorkflowExecutionResponse> speaking =
        answer ->
            answer.getPendingActivitiesList().stream()
                .anyMatch(activity ->
                    activity.getActivityType().getName().equals(ModelActivities.CALL_MODEL)
                        && activity.hasHeartbeatDetails());
    await().atMost(Product.PATIENCE).until(() -> described(temporal, conversation), speaking);
    heard.countDown();
    talk.join();
    answered(product.as("alice").say(null, LONG));
  }

  private void signsIn(Product product) throws IOException {
    try (Browser browser = new Browser()) {
      browser.signIn(product.base(), "alice");
      browser.get(product.base() + "/api/session");
      String idToken = browser.value("COUNTERSIGN_ID_TOKEN");
      secrets.put(
          "ID token of the login",
          Vault.withKeys(Product.KEYS)
              .forPurpose(Purpose.COOKIES)
              .open(Sealed.ofCompact(idToken), "\0cookie:id-token")
              .replace("\"", ""));
      browser.visited().stream()
          .filter(answer -> answer.uri().toString().startsWith(product.base()))
          .forEach(answer -> {
            said.add("cookies", answer.headers().allValues("Set-Cookie").toString());
            said.add("answers", answer.headers().map() + answer.body());
          });
    }
  }

  private void asksForNonsense(Product product) {
    Api alice = product.as("alice");
    Api stranger = new Api(product.base(), alice.token() + "x");
    said.add("answers", stranger.get("/api/purchases").text());
    said.add("answers", product.anonymous().get("/api/purchases").text());
    for (String path :
        List.of(
            "/api/purchases?cursor=k1:cursors.AAAA",
            "/api/purchases/none",
            "/api/approvals/none",
            "/api/chat/none",
            "/nowhere")) {
      answered(alice.get(path));
    }
    answered(alice.post("/api/purchases", "{\"product\": \"" + PRODUCT + "\", \"qty\": -1}"));
    answered(alice.post("/api/chat", "not JSON"));
    assertThat(answered(alice.post("/codec/decode", "{}")).path("status").asInt()).isEqualTo(403);
  }

  private DescribeWorkflowExecutionResponse described(
      WorkflowServiceBlockingStub temporal, String id) {
    DescribeWorkflowExecutionResponse description =
        temporal.describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                .build());
    said.add("history", description.toByteArray());
    return description;
  }

  /** All that Temporal has of all workflows, as it has it. */
  private void keep(WorkflowServiceBlockingStub temporal) {
    List<WorkflowExecutionInfo> all =
        temporal
            .listWorkflowExecutions(
                ListWorkflowExecutionsRequest.newBuilder()
                    .setNamespace("default")
                    .setPageSize(1_000)
                    .build())
            .getExecutionsList();
    assertThat(all).hasSizeGreaterThan(8);
    for (WorkflowExecutionInfo info : all) {
      said.add("history", info.toByteArray());
      said.add("history", info.toString().getBytes(UTF_8));
      described(temporal, info.getExecution().getWorkflowId());
      said.add(
          "history",
          temporal
              .getWorkflowExecutionHistory(
                  GetWorkflowExecutionHistoryRequest.newBuilder()
                      .setNamespace("default")
                      .setExecution(info.getExecution())
                      .build())
              .toByteArray());
    }
  }
}
