package dev.countersign.app.chat;

import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.HEADPHONES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.callId;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.jayway.jsonpath.JsonPath;
import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.call.ApproverSettings;
import dev.countersign.app.call.Approvers;
import dev.countersign.app.call.Calls;
import dev.countersign.app.call.Cursors;
import dev.countersign.app.chat.conversation.ConversationTestBed;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.login.SignedInMvc;
import dev.countersign.app.purchase.ShopTool;
import dev.countersign.approval.Approver;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.client.WorkflowPages.Found;
import dev.countersign.guard.CallStatus;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ChatControllerTest {
  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed();

  private static final Vault VAULT =
      Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
  private static final Vault HINTS = VAULT.forPurpose(Purpose.HINTS);

  private Caller caller = ALICE;
  private MockMvcTester http = tester(Duration.ofSeconds(20));

  private MockMvcTester tester(Duration answerWithin) {
    var controller =
        new ChatController(
            bed.conversations(answerWithin),
            new Calls(bed.calls, ShopTool.registry()),
            new Approvers(
                new ApproverSettings(
                    new LoginHintTemplate("{sub}", "https://tenant.example.com/"),
                    "sub",
                    true,
                    true),
                VAULT),
            bed.list(Duration.ofSeconds(2)),
            new Cursors(VAULT));
    return SignedInMvc.of(
        controller,
        _ -> caller,
        request -> {
          String key = request.getHeader("Idempotency-Key");
          return key == null ? IdempotencyKey.random() : new IdempotencyKey(key);
        });
  }

  @BeforeEach
  void signIn() {
    caller = ALICE;
  }

  @Test
  void answersWithTheNewMessagesAndTheWholePurchases() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");

    MvcTestResult answer = post("{\"message\": \"Buy 2 headphones\"}", "k1");

    assertThat(answer).hasStatusOk();
    String conversation = ALICES + new IdempotencyKey("k1").digest();
    assertThat(answer)
        .bodyJson()
        .hasPathSatisfying("$.conversationId", id -> assertThat(id).isEqualTo(conversation))
        .hasPathSatisfying("$.messages[0].role", role -> assertThat(role).isEqualTo("user"))
        .hasPathSatisfying(
            "$.messages[0].text", text -> assertThat(text).isEqualTo("Buy 2 headphones"))
        .hasPathSatisfying("$.messages[1].role", role -> assertThat(role).isEqualTo("assistant"))
        .hasPathSatisfying("$.messages[1].id", id -> assertThat(id).isEqualTo(2))
        .hasPathSatisfying("$.messages[1].at", at -> assertThat(at).asString().endsWith("Z"))
        .hasPathSatisfying("$.calls[0].id", id -> assertThat(id).isEqualTo(callId(conversation, 1)))
        .hasPathSatisfying(
            "$.calls[0].arguments.product", it -> assertThat(it).isEqualTo("headphones"))
        .hasPathSatisfying(
            "$.calls[0].status", it -> assertThat(it).isEqualTo("AWAITING_APPROVAL"));
  }

  @Test
  void showsArgumentsInTheOrderInWhichTheToolTakesThem() {
    bed.model.calls(
        new GuardedToolCall(
            "id-0", "shop_online", "{\"priceLimit\":300,\"qty\":2,\"product\":\"headphones\"}"));
    bed.model.says("Please look at your phone.");

    assertThat(post("{\"message\": \"Buy 2 headphones for at most 300\"}", "k1"))
        .bodyJson()
        .extractingPath("$.calls[0].arguments")
        .asMap()
        .containsExactly(
            entry("product", "headphones"), entry("qty", 2), entry("priceLimit", "300"));
  }

  @Test
  void goesOnWithAConversationAndShowsAllOfIt() {
    bed.model.says("Hello.");
    bed.model.says("Fine.");
    String conversation = bed.begin("Hello").conversationId();

    MvcTestResult answer =
        post("{\"message\": \"How are you?\", \"conversationId\": \"" + conversation + "\"}", "k2");

    assertThat(answer).hasStatusOk();
    assertThat(answer).bodyJson().extractingPath("$.messages.length()").isEqualTo(2);
    assertThat(http.get().uri("/api/chat/{id}", conversation))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.messages[*].text")
        .asArray()
        .containsExactly("Hello", "Hello.", "How are you?", "Fine.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \\n\\t ", "4001"})
  void refusesAMessageAndStartsNothing(String text) {
    String message = text.equals("4001") ? "x".repeat(4_001) : text;

    assertThat(post("{\"message\": \"" + message + "\"}", "bad")).hasStatus(400);

    caller = ALICE;
    String conversation = ALICES + new IdempotencyKey("bad").digest();
    assertThat(http.get().uri("/api/chat/{id}", conversation)).hasStatus(404);
  }

  @Test
  void takesTheLongestMessage() {
    bed.model.says("That was long.");

    assertThat(post("{\"message\": \"" + "x".repeat(4_000) + "\"}", "long")).hasStatusOk();
  }

  @Test
  void findsNoConversationOfAnotherUser() {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();
    caller = new Caller("auth0|bob");

    assertThat(http.get().uri("/api/chat/{id}", conversation)).hasStatus(404);
    assertThat(post("{\"message\": \"Hi\", \"conversationId\": \"" + conversation + "\"}", "k3"))
        .hasStatus(404);
  }

  @Test
  void saysThatTheConversationIsFull() {
    String conversation = bed.startWith(ConversationTestBed.fullMemory(), 1_000);

    MvcTestResult answer =
        post("{\"message\": \"Hi\", \"conversationId\": \"" + conversation + "\"}", "k4");

    assertThat(answer).hasStatus(409);
    assertThat(answer).bodyText().contains("start a new conversation");
  }

  @Test
  void tellsHowToGetAnAnswerThatTakesLong() {
    var latch = new CountDownLatch(1);
    bed.model.holds(latch, "At last.");
    http = tester(Duration.ofSeconds(2));

    MvcTestResult late = post("{\"message\": \"Hello\"}", "same");
    latch.countDown();
    http = tester(Duration.ofSeconds(20));
    MvcTestResult again = post("{\"message\": \"Hello\"}", "same");

    assertThat(late).hasStatus(504);
    assertThat(late).bodyText().contains("same Idempotency-Key");
    assertThat(again).bodyJson().extractingPath("$.messages[1].text").isEqualTo("At last.");
    assertThat(bed.model.calls()).hasSize(1);
  }

  @Test
  void whoApprovesTravelsWithTheTurnToThePurchasesItStarts() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");

    assertThat(
            post(
                "{\"message\": \"Buy 2 headphones\", \"loginHintToken\": \"plain-hint-token\","
                    + " \"userCode\": \"plain-user-code\"}",
                "hinted"))
        .hasStatusOk();

    String conversation = ALICES + new IdempotencyKey("hinted").digest();
    Approver approver = bed.approver(callId(conversation, 1));
    assertThat(approver.value()).isEqualTo(ALICE.sub());
    assertThat(approver.hint())
        .isInstanceOfSatisfying(
            Approver.Hint.LoginToken.class,
            hint ->
                assertThat(HINTS.open(hint.token(), ALICE.sub())).isEqualTo("plain-hint-token"));
    assertThat(HINTS.open(Objects.requireNonNull(approver.userCode()), ALICE.sub()))
        .isEqualTo("plain-user-code");
  }

  @Test
  void aHintedTurnIsTakenOnceUnderItsKey() {
    bed.model.says("Hello.");
    String body = "{\"message\": \"Hello\", \"loginHintToken\": \"plain-token\"}";

    MvcTestResult first = post(body, "twice");
    MvcTestResult again = post(body, "twice");

    assertThat(first).hasStatusOk();
    assertThat(again).hasStatusOk().bodyText().isEqualTo(bodyOf(first));
    assertThat(bed.model.calls()).hasSize(1);
  }

  @Test
  void refusesTwoHintsAndStartsNothing() {
    MvcTestResult answer =
        post(
            "{\"message\": \"Hi\", \"loginHintToken\": \"plain-hint-token\", \"idTokenHint\":"
                + " \"plain-id-token\"}",
            "both");

    assertThat(answer).hasStatus(400);
    assertThat(answer)
        .bodyText()
        .contains("must not be given beside loginHintToken")
        .doesNotContain("plain-");
    String conversation = ALICES + new IdempotencyKey("both").digest();
    assertThat(http.get().uri("/api/chat/{id}", conversation)).hasStatus(404);
  }

  @Test
  void listsConversationsNewestFirstWithTitleAndLastMessage() {
    bed.model.says("Hello.");
    String first = bed.begin("Hello").conversationId();
    bed.sleep(Duration.ofSeconds(1));
    bed.model.says("x".repeat(300));
    String second =
        bed.begin("What would you  buy\nif you had 10 words and sixty characters for it?")
            .conversationId();

    MvcTestResult answer = http.get().uri("/api/chat").exchange();

    assertThat(answer).hasStatusOk();
    assertThat(answer)
        .bodyJson()
        .hasPathSatisfying("$.cursor", cursor -> assertThat(cursor).isNull())
        .hasPathSatisfying("$.conversations.length()", it -> assertThat(it).isEqualTo(2))
        .hasPathSatisfying(
            "$.conversations[0].conversationId", id -> assertThat(id).isEqualTo(second))
        .hasPathSatisfying(
            "$.conversations[0].title",
            title ->
                assertThat(title)
                    .isEqualTo("What would you buy if you had 10 words and sixty characters…"))
        .hasPathSatisfying(
            "$.conversations[0].lastMessage.text",
            text -> assertThat(text).isEqualTo("x".repeat(199) + "…"))
        .hasPathSatisfying(
            "$.conversations[1].conversationId", id -> assertThat(id).isEqualTo(first))
        .hasPathSatisfying("$.conversations[1].title", it -> assertThat(it).isEqualTo("Hello"))
        .hasPathSatisfying(
            "$.conversations[1].lastMessage.role", it -> assertThat(it).isEqualTo("assistant"))
        .hasPathSatisfying("$.conversations[1].lastMessage.id", it -> assertThat(it).isEqualTo(2))
        .hasPathSatisfying(
            "$.conversations[1].startedAt", at -> assertThat(at).asString().endsWith("Z"));
    assertThat(bed.workflows.queries)
        .containsExactly(
            "WorkflowType = 'Conversation' AND ExecutionStatus = 'Running' AND UserId = '"
                + ToolFixtures.USERS.of(ALICE.sub())
                + "'");
  }

  @Test
  void listsPageByPageByACursorOfTheCallersOwn() {
    for (int i = 0; i < 21; i++) {
      bed.model.says("Hello.");
      bed.begin("Hello " + i);
    }

    MvcTestResult first = http.get().uri("/api/chat").exchange();
    assertThat(first).bodyJson().extractingPath("$.conversations.length()").isEqualTo(20);
    String cursor = JsonPath.read(bodyOf(first), "$.cursor");
    MvcTestResult second = http.get().uri("/api/chat?cursor={c}", cursor).exchange();
    assertThat(second).bodyJson().extractingPath("$.conversations.length()").isEqualTo(1);

    caller = new Caller("auth0|bob");
    assertThat(http.get().uri("/api/chat?cursor={c}", cursor))
        .hasStatus(400)
        .bodyText()
        .contains("cursor must be one");
  }

  @Test
  void listsNoConversationThatHasJustEndedAndOthersWithoutWordsWhenTheyDontAnswer() {
    bed.model.says("Hello.");
    String open = bed.begin("Hello").conversationId();
    bed.model.says("Hello.");
    String ended = bed.begin("Hello").conversationId();
    bed.client().newUntypedWorkflowStub(ended).terminate("by the test");
    String silent = bed.startWithoutAWorker();
    bed.workflows.late.add(new Found(ended, Instant.EPOCH, false));

    MvcTestResult answer = http.get().uri("/api/chat").exchange();

    assertThat(answer)
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.conversations[*].conversationId")
        .asArray()
        .containsExactlyInAnyOrder(open, silent);
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.conversations[?(@.conversationId == '" + silent + "')].title")
        .asArray()
        .containsExactly((Object) null);
  }

  @Test
  void callsAConversationAsItsUserDoes() {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();

    for (int again = 0; again < 2; again++) {
      assertThat(rename(conversation, "  Ein  Stuhl für \uD83D\uDC69\u200D\uD83C\uDFA8 "))
          .hasStatusOk()
          .bodyJson()
          .hasPathSatisfying(
              "$.title",
              title -> assertThat(title).isEqualTo("Ein Stuhl für \uD83D\uDC69\u200D\uD83C\uDFA8"))
          .hasPathSatisfying("$.lastMessage.text", it -> assertThat(it).isEqualTo("Hello."));
    }

    assertThat(http.get().uri("/api/chat"))
        .bodyJson()
        .extractingPath("$.conversations[0].title")
        .isEqualTo("Ein Stuhl für \uD83D\uDC69\u200D\uD83C\uDFA8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "two\nlines", "\u202Ereversed", "\u200D", "\u0007"})
  void refusesATitleThatCanNotBeSeen(String title) {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();

    assertThat(rename(conversation, title)).hasStatus(400).bodyText().contains("title must");
    assertThat(rename(conversation, "\uD83D\uDCDE".repeat(81))).hasStatus(400);
    assertThat(rename(conversation, "\uD83D\uDCDE".repeat(80))).hasStatusOk();
  }

  @Test
  void renamesNoConversationOfAnotherUserAndNoneThatIsGone() {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();
    caller = new Caller("auth0|bob");
    assertThat(rename(conversation, "Mine")).hasStatus(404);

    caller = ALICE;
    assertThat(http.delete().uri("/api/chat/{id}", conversation)).hasStatus(204);
    assertThat(rename(conversation, "Mine")).hasStatus(404);
  }

  @Test
  void findsConversationsByTheirTitlesAndByWhatWasSaid() {
    bed.model.says("The Café is open. " + "Now it is something else. ".repeat(8) + "Goodbye.");
    String byMessage = bed.begin("Hello").conversationId();
    bed.sleep(Duration.ofSeconds(1));
    bed.model.says("Hello.");
    String byTitle = bed.begin("Good morning").conversationId();
    rename(byTitle, "CAFE, and where it is OPEN");
    bed.model.says("Hello.");
    bed.begin("What is open?");
    bed.startWithoutAWorker();

    MvcTestResult found = search("open cafe");

    assertThat(found)
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying("$.conversations.length()", it -> assertThat(it).isEqualTo(2))
        .hasPathSatisfying(
            "$.conversations[0].conversationId", id -> assertThat(id).isEqualTo(byTitle))
        .hasPathSatisfying("$.conversations[0].found", it -> assertThat(it).isNull())
        .hasPathSatisfying(
            "$.conversations[1].conversationId", id -> assertThat(id).isEqualTo(byMessage))
        .hasPathSatisfying(
            "$.conversations[1].found",
            it -> assertThat(it).asString().startsWith("The Café is open.").hasSizeLessThan(201));
    assertThat(search("goodbye"))
        .bodyJson()
        .extractingPath("$.conversations[0].found")
        .asString()
        .startsWith("…")
        .endsWith("Goodbye.");
    assertThat(search("nowhere said"))
        .bodyJson()
        .extractingPath("$.conversations.length()")
        .isEqualTo(0);
    assertThat(search("  ")).hasStatus(400).bodyText().contains("search must");
  }

  @Test
  void looksForWordsBeyondThePageThatHasNone() {
    bed.model.says("Hello.");
    String old = bed.begin("The one with a zebra").conversationId();
    bed.sleep(Duration.ofSeconds(1));
    for (int i = 0; i < 20; i++) {
      bed.model.says("Hello.");
      bed.begin("Hello " + i);
    }

    assertThat(search("zebra"))
        .bodyJson()
        .hasPathSatisfying(
            "$.conversations[*].conversationId",
            it -> assertThat(it).asArray().containsExactly(old))
        .hasPathSatisfying("$.cursor", cursor -> assertThat(cursor).isNull());
  }

  @Test
  void doesNotDenyWhatItCouldNotAsk() {
    bed.startWithoutAWorker();

    assertThat(search("zebra"))
        .hasStatus(503)
        .hasHeader("Retry-After", "5")
        .bodyText()
        .contains("can't be searched at the moment");

    bed.model.says("Hello.");
    bed.begin("What is open?");
    assertThat(search("zebra"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.conversations.length()")
        .isEqualTo(0);
  }

  private MvcTestResult search(String words) {
    return http.get().uri("/api/chat?search={w}", words).exchange();
  }

  private MvcTestResult rename(String conversation, String title) {
    return http.patch()
        .uri("/api/chat/{id}", conversation)
        .contentType(MediaType.APPLICATION_JSON)
        .content(new JsonMapper().writeValueAsString(Map.of("title", title)))
        .exchange();
  }

  @Test
  void deletesAConversationAndLeavesItsPurchasesAlone() {
    bed.model.buys(HEADPHONES);
    bed.model.says("Please look at your phone.");
    String conversation = bed.begin("Buy 2 headphones").conversationId();
    bed.workflows.late.add(new Found(conversation, Instant.EPOCH, false)); // as a list that is late

    assertThat(http.delete().uri("/api/chat/{id}", conversation)).hasStatus(204);

    assertThat(http.delete().uri("/api/chat/{id}", conversation)).hasStatus(404);
    assertThat(http.get().uri("/api/chat/{id}", conversation)).hasStatus(404);
    assertThat(post("{\"message\": \"Hi\", \"conversationId\": \"" + conversation + "\"}", "k3"))
        .hasStatus(404);
    assertThat(http.get().uri("/api/chat"))
        .bodyJson()
        .extractingPath("$.conversations.length()")
        .isEqualTo(0);
    assertThat(bed.call(callId(conversation, 1)).status()).isEqualTo(CallStatus.AWAITING_APPROVAL);
  }

  @Test
  void deletesNoConversationOfAnotherUser() {
    bed.model.says("Hello.");
    String conversation = bed.begin("Hello").conversationId();
    caller = new Caller("auth0|bob");

    assertThat(http.delete().uri("/api/chat/{id}", conversation)).hasStatus(404);

    caller = ALICE;
    assertThat(http.get().uri("/api/chat/{id}", conversation)).hasStatusOk();
    assertThat(bed.deletion.runs()).isEmpty();
  }

  private static String bodyOf(MvcTestResult result) {
    return new String(result.getResponse().getContentAsByteArray(), UTF_8);
  }

  private MvcTestResult post(String body, String key) {
    return http.post()
        .uri("/api/chat")
        .header("Idempotency-Key", key)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }
}
