package dev.countersign.app.call;

import static dev.countersign.app.chat.conversation.ConversationTestBed.ALICE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.HEADPHONES;
import static dev.countersign.app.chat.conversation.ConversationTestBed.PHONE;
import static dev.countersign.app.chat.conversation.ConversationTestBed.callId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.chat.conversation.ConversationTestBed;
import dev.countersign.app.login.SignedInMvc;
import dev.countersign.app.purchase.Purchase;
import dev.countersign.app.purchase.ShopTool;
import dev.countersign.client.WorkflowPages;
import dev.countersign.guard.CallStatus;
import dev.countersign.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@Timeout(60)
class ApprovalControllerTest {
  @RegisterExtension final ConversationTestBed bed = new ConversationTestBed();

  private Caller caller = ALICE;
  private final MockMvcTester http =
      SignedInMvc.of(
          new ApprovalController(
              new Calls(bed.calls, ShopTool.registry()),
              new Cursors(Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="))),
          _ -> caller,
          _ -> IdempotencyKey.random());

  private String asked(Purchase purchase) {
    bed.model.buys(purchase);
    bed.model.says("Please look at your phone.");
    String id = callId(bed.begin("Buy").conversationId(), 1);
    bed.sleep(Duration.ofSeconds(1));
    return id;
  }

  @Test
  void showsWhatWaitsOverAllConversationsTheOldestFirst() {
    String first = asked(HEADPHONES);
    String second = asked(PHONE);
    String ended = asked(HEADPHONES);
    bed.ends(ended, CallStatus.DENIED, "Denied");

    assertThat(http.get().uri("/api/approvals/open"))
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying(
            "$.calls[*].id", ids -> assertThat(ids).asArray().containsExactly(first, second))
        .hasPathSatisfying("$.waiting", it -> assertThat(it).isEqualTo(2))
        .hasPathSatisfying("$.more", it -> assertThat(it).isEqualTo(false));
  }

  @Test
  void saysThatThereAreMoreThanItShowsAndCountsOnlyWhatItShows() {
    String oldest = asked(HEADPHONES);
    String gone = oldest.substring(0, oldest.length() - 1) + (oldest.endsWith("0") ? "1" : "0");
    bed.workflows.late.addAll(
        Collections.nCopies(100, new WorkflowPages.Found(gone, Instant.EPOCH, false)));

    assertThat(http.get().uri("/api/approvals/open"))
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying(
            "$.calls[*].id", ids -> assertThat(ids).asArray().containsExactly(oldest))
        .hasPathSatisfying("$.waiting", it -> assertThat(it).isEqualTo(1))
        .hasPathSatisfying("$.more", it -> assertThat(it).isEqualTo(true));
  }

  @Test
  void showsNothingOfAnotherUsers() {
    asked(HEADPHONES);
    caller = new Caller("auth0|bob");

    assertThat(http.get().uri("/api/approvals/open"))
        .hasStatusOk()
        .bodyJson()
        .hasPathSatisfying("$.calls.length()", it -> assertThat(it).isEqualTo(0))
        .hasPathSatisfying("$.waiting", it -> assertThat(it).isEqualTo(0));
  }

  @Test
  void listsByAnyOfSeveralStatuses() {
    String waits = asked(HEADPHONES);
    asked(PHONE);

    for (String any :
        List.of("status=DONE,AWAITING_APPROVAL", "status=AWAITING_APPROVAL&status=DONE")) {
      assertThat(http.get().uri("/api/approvals?" + any))
          .hasStatusOk()
          .bodyJson()
          .extractingPath("$.calls.length()")
          .isEqualTo(2);
      assertThat(bed.workflows.queries.getLast()).contains("IN ('AWAITING_APPROVAL', 'DONE')");
    }
    assertThat(http.get().uri("/api/approvals?status=DONE"))
        .bodyJson()
        .extractingPath("$.calls.length()")
        .isEqualTo(0);
    assertThat(http.get().uri("/api/approvals?status=DONE,SOLD"))
        .hasStatus(400)
        .bodyText()
        .contains("status must be one of REQUESTED, ");
    assertThat(http.get().uri("/api/approvals/{id}", waits)).hasStatusOk();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status=", "status=&status=", "status=DONE&status=", "status=DONE,,"})
  void takesNoEmptyStatus(String status) {
    assertThat(http.get().uri("/api/approvals?" + status))
        .hasStatus(400)
        .bodyText()
        .contains("status must be one that there is");
  }
}
