package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.Browser;
import dev.countersign.app.chat.budget.BudgetFixtures;
import dev.countersign.app.chat.conversation.ChatFixtures;
import dev.countersign.devservices.model.OfflineChatModel;
import dev.countersign.e2e.ApiDocument.Documented;
import dev.countersign.guard.CallUser;
import dev.countersign.guard.GuardedCalls;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.temporal.client.WorkflowClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * The description of the API and the application agree: whatever is documented occurs, and nothing
 * else. Every answer of this test is checked against the document; the last test counts. {@link
 * ApiDescriptionIT} looks at the document itself.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiDocumentIT {
  private static final int AFTER_THE_OTHERS = Integer.MAX_VALUE - 1;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String HELD = "Hold on";
  private static final String EVENTS = "GET /api/chat/{conversationId}/events";
  private static final String SESSION = "GET /api/session";
  private static final String LOGOUT = "POST /logout/backchannel";
  private static final String SETTLE = "POST /api/operator/calls/{id}/settle";
  private static final String SETTLED = "{\"done\": true}";
  private static final int CONVERSATIONS = 500;
  private static final String TITLE = "{\"title\": \"Presents\"}";
  private static final String PEN = "{\"product\": \"pen\", \"qty\": 1}";

  /** What the page sends, so that it is known that no other site does. */
  private static final List<String> FROM_THE_PAGE =
      List.of("Cookie", "COUNTERSIGN_CSRF=y", "X-CSRF-TOKEN", "y");

  /** The id of an approval that is remembered, until it is ended. */
  private static final Supplier<String> REMEMBERED =
      SingletonSupplier.of(ApiDocumentIT::remembered);

  private static final String[] FORM = {"Content-Type", "application/x-www-form-urlencoded"};

  /** The id of a call that was approved, and has ended. */
  private static final Supplier<String> ORDERED =
      SingletonSupplier.of(() -> ApiDocumentIT.ordered("viola"));

  /** The id of a call whose outcome is unknown, until that is settled. */
  private static final Supplier<String> UNKNOWN =
      SingletonSupplier.of(() -> VagueTool.unknown(ApiDocumentIT.product, "Tuesday"));

  private static final CountDownLatch HOLD = new CountDownLatch(1);
  private static final Set<Documented> SEEN = new ConcurrentSkipListSet<>();

  private static final Product product =
      new Product()
          .with(ApiDocumentIT::prepare)
          .startApplication(
              "countersign.api.documentation=true",
              "countersign.chat.streams-per-user=1",
              "countersign.chat.limits.conversations-a-day=" + CONVERSATIONS,
              "countersign.receipts.key=" + Product.receiptsKey(),
              "countersign.operators.claim=preferred_username",
              "countersign.operators.value=alice");

  /** Another application, which is notified. */
  private static final Product notified = new Product();

  private static final NotifyingTenant provider = NotifyingTenant.before(notified.tenant);
  private static final ApiDocument document =
      new ApiDocument(product.anonymous().get("/v3/api-docs").text());

  private static void prepare(GenericApplicationContext application) {
    ChatFixtures.answerWithin(application, PATIENCE);
    application.registerBean(StandingOrders.class);
    application.registerBean(VagueTool.class);
    application.removeBeanDefinition("spokenModel");
    application.registerBean(
        "slowModel", ChatModel.class, SlowModel::new, definition -> definition.setPrimary(true));
  }

  /** The offline model, which thinks about some messages until it is let go. */
  private static final class SlowModel implements ChatModel {
    private final ChatModel model = new OfflineChatModel();

    @Override
    public ChatResponse doChat(ChatRequest request) {
      if (request.messages().getLast().toString().contains(HELD)) {
        try {
          assertThat(HOLD.await(50, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return model.chat(request);
    }
  }

  @BeforeAll
  static void start() {
    notified.startApplication("countersign.ciba.delivery-mode=ping");
    provider.notifies(notified.anonymous().base() + "/ciba/notification");
  }

  @AfterAll
  static void stop() {
    HOLD.countDown();
    provider.close();
    notified.close();
    product.close();
  }

  private static Api alice() {
    return product.as("alice");
  }

  private static String conversation() {
    return alice().say(null, "Hello").body().path("conversationId").asText();
  }

  private static String pending() {
    String id = alice().buy(1, "pen");
    Product.awaitStatus(alice(), id, "AWAITING_APPROVAL");
    return id;
  }

  /** The answer is the one that is expected, and as the document says. */
  private static void answers(int status, String operation, Api.Answer answer) {
    assertThat(answer.status()).as("%s answered %s", operation, answer).isEqualTo(status);
    SEEN.add(document.check(operation, answer));
  }

  /** As it should be: where the path has a variable, what it names is there. */
  private static ApiCall call(String operation) {
    return switch (operation) {
      case "POST /logout" -> new ApiCall(operation, "");
      case "POST /api/chat" -> new ApiCall(operation, "{\"message\": \"Hello\"}");
      case "POST /api/purchases" -> new ApiCall(operation, PEN);
      case SETTLE -> new ApiCall(operation, path(operation), SETTLED);
      case "PATCH /api/chat/{conversationId}" -> new ApiCall(operation, path(operation), TITLE);
      default -> new ApiCall(operation, path(operation), null);
    };
  }

  private static String path(String operation) {
    String path = operation.split(" ", 2)[1];
    if (path.contains("{conversationId}")) {
      return path.replace("{conversationId}", conversation()).replace("{message}", "1");
    }
    if (path.startsWith("/api/grants/")) {
      return path.replace("{id}", REMEMBERED.get());
    }
    if (path.endsWith("/receipt")) {
      return path.replace("{id}", ORDERED.get());
    }
    if (path.endsWith("/settle")) {
      return path.replace("{id}", UNKNOWN.get());
    }
    return path.contains("{id}") ? path.replace("{id}", pending()) : path;
  }

  private static String ordered(String what) {
    String id = alice().buy(1, what);
    product.phoneOf("alice").approve("Do you want to buy 1 " + what);
    Product.awaitStatus(alice(), id, "ORDERED");
    return id;
  }

  private static String remembered() {
    String id =
        product
            .application()
            .getBean(GuardedCalls.class)
            .start(new CallUser("auth0|alice", null), "pay_again", BigDecimal.ONE, "Bob");
    product.phoneOf("alice").approve("Pay 1 EUR to Bob again");
    await()
        .atMost(Product.PATIENCE)
        .until(() ->
            alice().get("/api/grants").body().path("grants").findValuesAsText("id").contains(id));
    return id;
  }

  private static Api.Answer fromThePage(ApiCall call, String... headers) {
    return call.by(
        alice(), Stream.concat(FROM_THE_PAGE.stream(), Stream.of(headers)).toArray(String[]::new));
  }

  static Stream<String> operations() {
    return document.operations().stream()
        .filter(operation -> !operation.contains(" /ciba/") && !operation.equals(LOGOUT));
  }

  private static Stream<String> operations(int status) {
    return operations().filter(operation -> document.has(operation, status));
  }

  static Stream<String> withOneAnswer() {
    return operations()
        .filter(operation -> !operation.equals(EVENTS) && !operation.equals(SESSION));
  }

  @ParameterizedTest
  @MethodSource("withOneAnswer")
  void succeeds(String operation) {
    int success =
        IntStream.of(200, 202, 204)
            .filter(status -> document.has(operation, status))
            .findFirst()
            .orElseThrow();
    answers(success, operation, fromThePage(call(operation)));
  }

  static Stream<String> withLogin() {
    return operations(401);
  }

  @ParameterizedTest
  @MethodSource("withLogin")
  void wantsToKnowWhoCalls(String operation) {
    answers(401, operation, call(operation).by(product.anonymous()));
  }

  static Stream<String> withChange() {
    return operations(403)
        .filter(operation -> !operation.equals(SESSION) && !operation.startsWith("GET "));
  }

  static Stream<String> forOperators() {
    return operations().filter(operation -> operation.contains(" /api/operator/"));
  }

  @ParameterizedTest
  @MethodSource("forOperators")
  void letsNobodyInButOperators(String operation) {
    answers(403, operation, call(operation).by(product.as("bob")));
  }

  @ParameterizedTest
  @MethodSource("withChange")
  void wantsToKnowThatThePageAsks(String operation) {
    answers(
        403,
        operation,
        call(operation)
            .by(product.anonymous(), "Cookie", "COUNTERSIGN_SESSION=x; COUNTERSIGN_CSRF=y"));
  }

  @Test
  void sessionIsForWhoeverSignedInAtThePage() {
    answers(403, SESSION, alice().get("/api/session"));
    try (Browser browser = new Browser()) {
      browser.signIn(product.base(), "alice");
      String cookie = "COUNTERSIGN_SESSION=" + browser.value("COUNTERSIGN_SESSION");
      Api anybody = product.anonymous();
      answers(200, SESSION, anybody.call("GET", "/api/session", null, "Cookie", cookie));
      answers(
          406,
          SESSION,
          anybody.call("GET", "/api/session", null, "Cookie", cookie, "Accept", "image/png"));
      answers(
          200, "GET /api/purchases", anybody.call("GET", "/api/purchases", null, "Cookie", cookie));
    }
  }

  @Test
  void eventsAreAsDocumented() {
    Api bob = product.as("bob");
    String conversation = bob.say(null, "Buy 2 forks").body().path("conversationId").asText();
    String path = "/api/chat/" + conversation + "/events";
    try (EventViewer viewer = new EventViewer(bob, conversation, null)) {
      viewer.awaitStatus("AWAITING_APPROVAL").awaitMessage(2);
      answers(
          200, EVENTS, new Api.Answer(viewer.response.statusCode(), viewer.response.headers(), ""));
      for (EventViewer.Event event : viewer.events) {
        String schema = event.name().equals("message") ? "ChatMessage" : "CallView";
        assertThat(document.violations(document.schema(schema), event.data().toString()))
            .as(event.toString())
            .isEmpty();
      }
      answers(429, EVENTS, bob.get(path));
    }
  }

  static Stream<String> withJsonAnswers() {
    return operations(406).filter(operation -> !operation.equals(SESSION));
  }

  @ParameterizedTest
  @MethodSource("withJsonAnswers")
  void answersInJsonOnly(String operation) {
    answers(406, operation, fromThePage(call(operation), "Accept", "image/png"));
  }

  static Stream<String> withBody() {
    return operations(415);
  }

  @ParameterizedTest
  @MethodSource("withBody")
  void takesJsonOnly(String operation) {
    ApiCall call = call(operation);
    answers(415, operation, call.by(alice(), "Content-Type", "text/plain"));
    answers(400, operation, call.withBody("{").by(alice()));
    answers(413, operation, call.withBody(" ".repeat(65_537)).by(alice()));
  }

  static Stream<String> withName() {
    return operations(404).filter(operation -> operation.contains("{"));
  }

  @ParameterizedTest
  @MethodSource("withName")
  void findsNothingOfThatName(String operation) {
    String path =
        operation.split(" ", 2)[1].replace("{message}", "1").replaceAll("\\{[^}]+}", "none");
    String body = operation.equals(SETTLE) ? SETTLED : document.hasBody(operation) ? TITLE : null;
    answers(404, operation, new ApiCall(operation, path, body).by(alice()));
    answers(400, operation, new ApiCall(operation, path.replace("none", "%0A"), body).by(alice()));
  }

  @Test
  void whoeverCallsTooOftenIsTold() {
    try (var limited =
        product.startReplica(
            "countersign.edge.requests-per-address-and-minute=1",
            "countersign.edge.refusals-per-address-and-minute=1")) {
      Api carol = product.as("carol", limited);
      assertThat(carol.get("/api/grants").status()).isEqualTo(200);
      assertThat(carol.post("/ciba/notification", "{}").status()).isEqualTo(401);
      for (String operation : document.operations()) {
        String path = operation.split(" ", 2)[1].replaceAll("\\{[^}]+}", "1");
        String body = document.hasBody(operation) ? TITLE : null;
        answers(429, operation, new ApiCall(operation, path, body).by(carol));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/approvals, status=SOLD",
    "GET /api/approvals, tool=a-b",
    "GET /api/approvals, cursor=made.up",
    "GET /api/approvals, status=",
    "GET /api/operator/calls, status=SOLD",
    "GET /api/operator/calls, user=alice",
    "GET /api/purchases, status=SOLD",
    "GET /api/purchases, status=",
    "GET /api/purchases, =1",
    "GET /api/purchases, cursor=made.up",
    "GET /api/chat, search=+",
    "GET /api/chat, cursor=x"
  })
  void wrongParameterIs400(String operation, String parameter) {
    answers(400, operation, alice().get(operation.split(" ", 2)[1] + "?" + parameter));
  }

  @Test
  void wrongParameterOfASignOutIs400() {
    ApiCall call = new ApiCall("POST /logout", "/logout?everywhere=maybe", "");
    answers(400, call.operation(), fromThePage(call));
  }

  @Test
  void messageWhoseAnswerIsNotWaitedForIs202() {
    String conversation = conversation();
    for (String of : List.of("", ", \"conversationId\": \"" + conversation + "\"")) {
      Api.Answer answer =
          alice()
              .post(
                  "/api/chat",
                  "{\"message\": \"Hello\"" + of + "}",
                  "Prefer",
                  "wait=5, respond-async");

      answers(202, "POST /api/chat", answer);
      assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("respond-async");
      assertThat(answer.headers().firstValue("Location"))
          .hasValue("/api/chat/" + answer.body().path("conversationId").asText());
    }
  }

  @Test
  void messageToAConversationThatIsNotThereIs404() {
    answers(404, "POST /api/chat", alice().say("none", "Hello"));
  }

  @Test
  void messageToAFullConversationIs409() {
    String full =
        ChatFixtures.startFull(
            product.application().getBean(WorkflowClient.class), Product.USERS, "auth0|alice");
    answers(409, "POST /api/chat", alice().say(full, "Hello"));
  }

  @Test
  void keyOfSomethingElseIs422() {
    String key = UUID.randomUUID().toString();
    String[] keyed = {"Idempotency-Key", key};
    alice().post("/api/purchases", PEN, keyed);
    alice().post("/api/chat", "{\"message\": \"Hello\"}", keyed);
    answers(
        422,
        "POST /api/purchases",
        alice().post("/api/purchases", "{\"product\": \"lamp\", \"qty\": 1}", keyed));
    answers(
        422, "POST /api/chat", alice().post("/api/chat", "{\"message\": \"Good evening\"}", keyed));
  }

  @Test
  void orderedPurchaseCanNotBeCancelled() {
    String id = alice().buy(1, "kettle");
    Product.awaitStatus(alice(), id, "AWAITING_APPROVAL");
    product.phoneOf("alice").approve("Do you want to buy 1 kettle");
    Product.awaitStatus(alice(), id, "ORDERED");
    answers(
        409,
        "POST /api/purchases/{id}/cancel",
        alice().post("/api/purchases/" + id + "/cancel", ""));
    answers(
        409,
        "POST /api/approvals/{id}/cancel",
        alice().post("/api/approvals/" + id + "/cancel", ""));
    String operated = "/api/operator/calls/" + id;
    answers(409, "POST /api/operator/calls/{id}/cancel", alice().post(operated + "/cancel", ""));
    answers(409, SETTLE, alice().post(operated + "/settle", SETTLED));
  }

  @Test
  void thereIsNoReceiptOfWhatGoesOn() {
    String id = pending();
    for (String path : List.of("/api/approvals/{id}/receipt", "/api/operator/calls/{id}/receipt")) {
      answers(409, "GET " + path, alice().get(path.replace("{id}", id)));
    }
  }

  @Test
  void answerThatTakesLongIs504AndMoreMessagesAre429() throws Exception {
    String conversation = conversation();
    List<Callable<Api.Answer>> nine = Collections.nCopies(9, () -> alice().say(conversation, HELD));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Api.Answer> late : threads.invokeAll(nine)) {
        answers(504, "POST /api/chat", late.get());
      }
    }
    answers(429, "POST /api/chat", alice().say(conversation, "And this?"));
    HOLD.countDown();
  }

  @Test
  void conversationBeyondTheLimitIs429() {
    BudgetFixtures.begin(product.application(), "auth0|carol", CONVERSATIONS);
    answers(429, "POST /api/chat", product.as("carol").say(null, "Hello"));
  }

  @Test
  void notificationIsAnsweredAsDocumented() {
    String operation = "POST /ciba/notification";
    String ping = "{\"auth_req_id\": \"none\"}";
    answers(401, operation, product.anonymous().post("/ciba/notification", ping));
    answers(413, operation, product.anonymous().post("/ciba/notification", " ".repeat(65_537)));
    Api anybody = notified.anonymous();
    answers(401, operation, anybody.post("/ciba/notification", ping));
    answers(
        415,
        operation,
        anybody.call("POST", "/ciba/notification", "ping", "Content-Type", "text/plain"));
    notified.as("alice").buy(1, "kite");
    var request = provider.awaitRequest("Do you want to buy 1 kite");
    Api pinging = new Api(anybody.base(), request.token());
    answers(400, operation, pinging.post("/ciba/notification", "{}"));
    assertThat(document.allows(operation, "{}")).isFalse();
    String body = "{\"auth_req_id\": \"" + request.authReqId() + "\"}";
    assertThat(document.allows(operation, body)).isTrue();
    answers(204, operation, pinging.post("/ciba/notification", body));
    answers(200, LOGOUT, logout());
    answers(400, LOGOUT, anybody.call("POST", "/logout/backchannel", "logout_token=x", FORM));
    String tooLong = "logout_token=" + "x".repeat(65_536);
    answers(413, LOGOUT, anybody.call("POST", "/logout/backchannel", tooLong, FORM));
    answers(
        415,
        LOGOUT,
        anybody.call("POST", "/logout/backchannel", "x", "Content-Type", "text/plain"));
    notified.temporal.kill();
    answers(503, operation, pinging.post("/ciba/notification", body));
    answers(503, LOGOUT, logout());
  }

  private static Api.Answer logout() {
    String token =
        notified.tenant.token(
            "alice",
            claims ->
                claims
                    .audience(List.of(notified.tenant.clientId()))
                    .id(UUID.randomUUID().toString())
                    .claim(
                        "events",
                        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
    return notified.anonymous().call("POST", "/logout/backchannel", "logout_token=" + token, FORM);
  }

  @Test
  @Order(AFTER_THE_OTHERS)
  void everyOperationIs503WhileTemporalIsAway() {
    List<ApiCall> calls = operations(503).map(ApiDocumentIT::call).toList();
    product.temporal.kill();
    await().atMost(Product.PATIENCE).until(() -> alice().get("/api/purchases").status() == 503);
    calls.forEach(call -> answers(503, call.operation(), call.by(alice())));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void everythingThatIsDocumentedHasOccurred() {
    assertThat(SEEN).containsExactlyElementsOf(document.all());
  }
}
