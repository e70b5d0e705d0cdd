package dev.countersign.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.countersign.ForeignAutoConfiguration;
import dev.countersign.PatientWorker;
import dev.countersign.app.api.PingSecurityConfiguration;
import dev.countersign.approval.CibaPing;
import dev.countersign.approval.NotificationTokens;
import dev.countersign.approval.PingListener;
import dev.countersign.approval.TestTokens;
import dev.countersign.temporal.CountersignTemporal;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.TaskQueues;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The endpoint over real HTTP, in front of a workflow that waits for one ping. */
@SpringBootTest(
    classes = NotificationControllerTest.Edge.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "management.server.port=0")
class NotificationControllerTest {
  private static final String QUEUE = "listeners";
  private static final TestWorkflowEnvironment TEMPORAL = temporal();
  private static final Vault VAULT =
      Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
  private static final Vault OTHER_VAULT =
      Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTM=");

  @LocalServerPort private int port;
  private final HttpClient http = HttpClient.newHttpClient();

  @ForeignAutoConfiguration
  @Import({PingAutoConfiguration.class, PingSecurityConfiguration.class})
  static class Edge {
    @Bean(destroyMethod = "") // others go on with it
    CountersignTemporal countersignTemporal() {
      return new CountersignTemporal(
          TEMPORAL.getWorkflowClient(), TEMPORAL.getWorkerFactory(), new TaskQueues(QUEUE));
    }

    @Bean
    NotificationTokens tokens() {
      return new NotificationTokens(VAULT);
    }
  }

  /** Without tokens. */
  @ForeignAutoConfiguration
  @Import({PingAutoConfiguration.class, PingSecurityConfiguration.class})
  static class PollEdge {
    @Bean(destroyMethod = "") // others go on with it
    CountersignTemporal countersignTemporal() {
      return new CountersignTemporal(
          TEMPORAL.getWorkflowClient(), TEMPORAL.getWorkerFactory(), new TaskQueues(QUEUE));
    }
  }

  /** Waits for its own ping. */
  @WorkflowInterface
  public interface Listener extends PingListener {
    @WorkflowMethod
    CibaPing listen(CibaPing own);
  }

  public static class ListenerImpl implements Listener {
    private final CibaPing own;
    private boolean heard;

    @WorkflowInit
    public ListenerImpl(CibaPing own) {
      this.own = own;
    }

    @Override
    public CibaPing listen(CibaPing own) {
      Workflow.await(() -> heard);
      return own;
    }

    @Override
    public void pinged(CibaPing ping) {
      heard = heard || ping.equals(own);
    }

    @Override
    public boolean belongs(CibaPing ping) {
      return ping.equals(own);
    }
  }

  private static TestWorkflowEnvironment temporal() {
    TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
    Worker worker = environment.newWorker(QUEUE, PatientWorker.OPTIONS);
    worker.registerWorkflowImplementationTypes(ListenerImpl.class);
    environment.start();
    return environment;
  }

  @AfterAll
  static void close() {
    TEMPORAL.close();
  }

  /** A workflow that waits, and the token of its request. */
  private record Waiting(WorkflowStub workflow, String token) {}

  private static Waiting waiting() {
    String id = UUID.randomUUID().toString();
    String token = TestTokens.mint(VAULT, id);
    WorkflowStub workflow =
        TEMPORAL
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Listener",
                WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUE).build());
    workflow.start(
        new CibaPing(NotificationTokens.digest(token), NotificationTokens.digest("mine")));
    return new Waiting(workflow, token);
  }

  private HttpResponse<String> post(String body, String... headers) {
    return post(URI.create("http://localhost:" + port + "/ciba/notification"), body, headers);
  }

  private HttpResponse<String> post(URI endpoint, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> ping(String token, String authReqId) {
    return post("{\"auth_req_id\": \"" + authReqId + "\"}", "Authorization", "Bearer " + token);
  }

  private static void assertUnauthorized(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void wakesTheWorkflowThatWaitsWhateverComesBesideOrAfterwards() {
    Waiting waiting = waiting();
    HttpResponse<String> response = ping(waiting.token(), "mine");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(waiting.workflow().getResult(CibaPing.class)).isNotNull();
    assertThat(ping(waiting.token(), "mine").statusCode()).isEqualTo(204);
  }

  /** An ended workflow is not replayed for a ping that nobody needs any more. */
  @Test
  void asksNoWorkflowThatHasEnded() {
    Waiting waiting = waiting();
    assertThat(ping(waiting.token(), "mine").statusCode()).isEqualTo(204);
    assertThat(waiting.workflow().getResult(CibaPing.class)).isNotNull();
    assertThat(ping(waiting.token(), "another").statusCode()).isEqualTo(204);
  }

  @Test
  void takesAPingForAWorkflowThatIsGone() {
    String token = TestTokens.mint(VAULT, "gone");
    assertThat(ping(token, "mine").statusCode()).isEqualTo(204);
  }

  @Test
  void refusesATokenOfAnotherRequest() {
    Waiting waiting = waiting();
    // one that has just begun may not say yet what it waits for
    await().untilAsserted(() -> assertUnauthorized(ping(waiting.token(), "another")));
    assertUnauthorized(
        ping(TestTokens.mint(VAULT, TestTokens.workflowId(VAULT, waiting.token())), "mine"));
  }

  @Test
  void refusesTokensThatItNeverMade() {
    String token = waiting().token();
    char last = token.charAt(token.length() - 1);
    String altered = token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');
    assertUnauthorized(ping(altered, "mine"));
    assertUnauthorized(ping(TestTokens.mint(OTHER_VAULT, "w"), "mine"));
    assertUnauthorized(ping("forged", "mine"));
    assertUnauthorized(ping("x".repeat(2_000), "mine"));
  }

  @Test
  void refusesWhoeverSendsNoToken() {
    String body = "{\"auth_req_id\": \"mine\"}";
    assertUnauthorized(post(body));
    assertUnauthorized(post(body, "Authorization", "Basic YTpi"));
    String token = waiting().token();
    assertUnauthorized(
        post(body, "Authorization", "Bearer " + token, "Authorization", "Bearer " + token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"mine\"",
        "{}",
        "{\"auth_req_id\": 5}",
        "{\"auth_req_id\": \"a\", \"auth_req_id\": \"b\"}",
        "{\"auth_req_id\": \"\"}"
      })
  void malformedBodyIs400(String body) {
    HttpResponse<String> response = post(body, "Authorization", "Bearer " + waiting().token());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("auth_req_id");
  }

  @Test
  void bodyThatIsTooLongIs400() {
    assertThat(ping(waiting().token(), "x".repeat(20_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void takesAPingThatNoWorkerCanJudge() {
    String id = UUID.randomUUID().toString();
    WorkflowClient client = TEMPORAL.getWorkflowClient();
    client
        .newUntypedWorkflowStub(
            "Listener",
            WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue("nobody").build())
        .start(new CibaPing("its", "own"));
    assertThat(ping(TestTokens.mint(VAULT, id), "mine").statusCode()).isEqualTo(204);
    assertThat(client.fetchHistory(id).getEvents())
        .anyMatch(HistoryEvent::hasWorkflowExecutionSignaledEventAttributes);
  }

  @Test
  void noTokenIsOursInPollMode() {
    SpringApplicationBuilder polling = new SpringApplicationBuilder(PollEdge.class);
    try (ConfigurableApplicationContext application =
        polling.run("--server.port=0", "--management.server.port=0")) {
      String port = application.getEnvironment().getRequiredProperty("local.server.port");
      String token = TestTokens.mint(VAULT, "w");
      HttpResponse<String> response =
          post(
              URI.create("http://localhost:" + port + "/ciba/notification"),
              "{\"auth_req_id\": \"mine\"}",
              "Authorization",
              "Bearer " + token);
      assertUnauthorized(response);
    }
  }

  @Test
  void takesTheSchemeInAnyCaseAndSpacesAroundTheToken() {
    Waiting waiting = waiting();
    HttpResponse<String> response =
        post("{\"auth_req_id\": \"mine\"}", "Authorization", "bearer   " + waiting.token());
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(waiting.workflow().getResult(CibaPing.class)).isNotNull();
  }

  @Test
  void givesUpOnATemporalThatIsAway() {
    WorkflowServiceStubs away =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:1").build());
    try {
      PingedWorkflow workflow =
          new PingedWorkflow(WorkflowClient.newInstance(away), "w", Duration.ofMillis(500));
      CibaPing ping = new CibaPing("token", "request");
      Instant startedAt = Instant.now();
      assertThat(workflow.disowns(ping)).isFalse();
      assertThatThrownBy(() -> workflow.tell(ping)).isInstanceOf(RuntimeException.class);
      assertThat(Duration.between(startedAt, Instant.now())).isLessThan(Duration.ofSeconds(10));
    } finally {
      away.shutdownNow();
    }
  }
}
