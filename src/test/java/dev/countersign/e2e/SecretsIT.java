package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.approval.AskOutcome;
import dev.countersign.approval.Decision;
import dev.countersign.approval.TokenOwner;
import dev.countersign.guard.FrozenCall;
import dev.countersign.vault.Vault;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** No token and no {@code auth_req_id} can be read where operators look. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {
  private static final Vault VAULT = Vault.withKeys(Product.KEYS);

  /** How every JWT begins, which is what the tenant's tokens are. */
  private static final String JWT = "eyJ";

  /** One in a text: by chance, what is sealed may have the same beginning, but never a dot. */
  private static final String ANY_JWT = JWT + "[\\w-]{10,}\\.";

  @Test
  void areReadableNeitherInHistoryNorInTheLog(CapturedOutput output) {
    try (Product product = new Product().startApplication("logging.level.dev.countersign=trace")) {
      Api alice = product.as("alice");
      JsonNode turn = alice.say(null, "Buy 2 headphones").body();
      String conversation = turn.path("conversationId").asText();
      String purchase = turn.path("calls").path(0).path("id").asText();
      product.phoneOf("alice").approve("Do you want to buy 2 headphones");
      Product.awaitStatus(alice, purchase, "ORDERED");
      await()
          .atMost(Product.PATIENCE)
          .until(() -> alice.said(conversation), said -> said.size() == 2);

      WorkflowServiceStubs stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder()
                  .setTarget(product.temporal.target())
                  .build());
      try {
        WorkflowClient client = WorkflowClient.newInstance(stubs);
        WorkflowExecutionHistory history = client.fetchHistory(purchase);
        String authReqId = authReqId(history);
        String token = token(history);
        assertThat(token).startsWith(JWT);
        for (String readable :
            List.of(
                history.toProtoText(false), client.fetchHistory(conversation).toProtoText(false))) {
          assertThat(readable)
              .contains("headphones")
              .doesNotContain(token, authReqId)
              .doesNotContainPattern(ANY_JWT);
        }
        assertThat(output.getAll())
            .contains("Approved after")
            .doesNotContain(token, authReqId)
            .doesNotContainPattern(ANY_JWT);
      } finally {
        stubs.shutdown();
      }
    }
  }

  @Test
  void ofCallersAreReadableNowhere(CapturedOutput output) {
    String hints = "\"loginHintToken\": \"plain-hint-token\", \"userCode\": \"plain-user-code\"}";
    try (Product product =
        new Product()
            .startApplication(
                "logging.level.dev.countersign=trace",
                "countersign.ciba.user-codes=true",
                "countersign.ciba.caller-hints=true")) {
      Api alice = product.as("alice");
      Api.Answer bought =
          alice.post("/api/purchases", "{\"product\": \"lamp\", \"qty\": 2, " + hints);
      Api.Answer said = alice.post("/api/chat", "{\"message\": \"Buy 3 lamps\", " + hints);
      String conversation = said.body().path("conversationId").asText();
      String inChat = said.body().path("calls").path(0).path("id").asText();
      JsonNode rejected = Product.awaitStatus(alice, bought.body().path("id").asText(), "REJECTED");
      assertThat(rejected.path("reason").asText()).contains("User ID is malformed or unknown");
      Product.awaitStatus(alice, inChat, "REJECTED");

      WorkflowServiceStubs stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder()
                  .setTarget(product.temporal.target())
                  .build());
      try {
        WorkflowClient client = WorkflowClient.newInstance(stubs);
        for (String id : List.of(rejected.path("id").asText(), inChat, conversation)) {
          assertThat(client.fetchHistory(id).toProtoText(false))
              .contains("lamp")
              .doesNotContain("plain-");
        }
      } finally {
        stubs.shutdown();
      }
      assertThat(bought.text() + said.text() + rejected).doesNotContain("plain-");
      assertThat(output.getAll()).contains("Ended as REJECTED").doesNotContain("plain-");
    }
  }

  /** Opens what was sealed, to know what to look for. */
  private static String authReqId(WorkflowExecutionHistory history) {
    return result(history, "RequestApproval", AskOutcome.class) instanceof AskOutcome.Asked asked
        ? VAULT.open(asked.pending().authReqId(), owner(history))
        : fail("The phone was not asked");
  }

  private static String token(WorkflowExecutionHistory history) {
    return result(history, "AwaitDecision", Decision.class) instanceof Decision.Approved approved
        ? VAULT.open(approved.token(), owner(history))
        : fail("The user has not approved");
  }

  /** The run for which its secrets are sealed. */
  private static String owner(WorkflowExecutionHistory history) {
    var started = history.getEvents().getFirst().getWorkflowExecutionStartedEventAttributes();
    FrozenCall call =
        DefaultDataConverter.newDefaultInstance()
            .fromPayload(started.getInput().getPayloads(0), FrozenCall.class, FrozenCall.class);
    return TokenOwner.of(
        history.getWorkflowExecution().getWorkflowId(),
        started.getOriginalExecutionRunId(),
        call.request());
  }

  private static <T> T result(WorkflowExecutionHistory history, String activity, Class<T> type) {
    long scheduled =
        history.getEvents().stream()
            .filter(event ->
                event
                    .getActivityTaskScheduledEventAttributes()
                    .getActivityType()
                    .getName()
                    .equals(activity))
            .mapToLong(HistoryEvent::getEventId)
            .findFirst()
            .orElseThrow();
    Payloads result =
        history.getEvents().stream()
            .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
            .map(HistoryEvent::getActivityTaskCompletedEventAttributes)
            .filter(completed -> completed.getScheduledEventId() == scheduled)
            .findFirst()
            .orElseThrow()
            .getResult();
    return DefaultDataConverter.newDefaultInstance()
        .fromPayloads(0, Optional.of(result), type, type);
  }
}
