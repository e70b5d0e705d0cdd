package dev.countersign.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.app.chat.conversation.ConversationWorkflowImpl;
import dev.countersign.devservices.loopback.CallLog;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.e2e.TraceCollector.Told;
import dev.countersign.guard.GuardedCallWorkflowImpl;
import dev.countersign.temporal.CountersignTemporal;
import io.micrometer.tracing.Tracer;
import io.temporal.client.WorkflowClient;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/**
 * What a collector is told of a purchase, from the chat to the shop; and that it is not by default.
 */
@ExtendWith(OutputCaptureExtension.class)
class TracesIT {
  private static final String PRODUCT = "wolpertingers";
  private static final String STRANGER = "00-11111111111111111111111111111111-2222222222222222-01";
  private static final String API_KEY = "4711-of-the-collector";

  /** All that may be said of a span. */
  private static final Set<String> TAGS =
      Set.of(
          "countersign.outcome",
          "error.type",
          "exception",
          "gen_ai.operation.name",
          "gen_ai.provider.name",
          "gen_ai.request.model",
          "gen_ai.tool.name",
          "gen_ai.usage.input_tokens",
          "gen_ai.usage.output_tokens",
          "http.request.method",
          "http.response.status_code",
          "method",
          "outcome",
          "server.address",
          "server.port",
          "status",
          "temporalActivityID",
          "temporalWorkflowID",
          "uri");

  private final Overheard overheard = new Overheard();

  /** Spring Boot keeps it for the whole process: later tests' lines would be JSON too. */
  @AfterEach
  void writePlainLinesAgain() {
    System.clearProperty(
        LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
  }

  @Test
  void onePurchaseIsOneTrace(CapturedOutput output) throws Exception {
    try (TraceCollector collector = new TraceCollector();
        Product product =
            new Product()
                .with(application -> application.registerBean(Overheard.class, () -> overheard))) {
      product.startApplication();
      tellsNobodyByDefault(product, collector);
      product.stopApplication();

      product.startApplication(
          "OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.address(),
          "OTEL_EXPORTER_OTLP_HEADERS=api-key=" + API_KEY,
          "OTEL_SERVICE_NAME=the-shop-assistant",
          "OTEL_BSP_SCHEDULE_DELAY=200",
          "logging.structured.format.console=logstash");
      JsonNode turn = buys(product);
      String call = turn.at("/calls/0/id").asText();
      String conversation = turn.path("conversationId").asText();
      await().atMost(Product.PATIENCE).until(() -> named(collector, "execute_tool").size() == 1);
      await()
          .atMost(Product.PATIENCE)
          .until(() -> named(collector, "http post /api/chat").size() == 1);

      isOneTrace(product, collector, call);
      namesItInTheLog(output, call, conversation, named(collector, "RequestApproval").getFirst());
      fails(product);
      await().atMost(Product.PATIENCE).until(() -> named(collector, "execute_tool").size() == 2);
      await()
          .atMost(Product.PATIENCE)
          .until(() -> named(collector, "http post /api/purchases").size() == 2);
      isNotTooMuch(collector);
      saysNoSecretAndNoWordOfAUser(product, collector);
      replays(product.application(), call, conversation);
    }
  }

  private static void tellsNobodyByDefault(Product product, TraceCollector collector) {
    Api alice = product.as("alice");
    String id = alice.buy(1, "unwatched " + PRODUCT);
    product.phoneOf("alice").approve("Do you want to buy 1 unwatched " + PRODUCT);
    Product.awaitStatus(alice, id, "ORDERED");

    assertThat(product.application().getBeansOfType(Tracer.class)).isEmpty();
    assertThat(calls(product)).isNotEmpty().allMatch(call -> call.trace().isEmpty());
    assertThat(collector.requests()).isEmpty();
  }

  private static List<CallLog.Call> calls(Product product) {
    return Stream.concat(product.tenant.calls().stream(), product.shop.calls().stream()).toList();
  }

  private static JsonNode buys(Product product) {
    Api alice = product.as("alice");
    JsonNode turn =
        alice
            .post(
                "/api/chat",
                "{\"message\": \"Buy 2 " + PRODUCT + "\"}",
                "traceparent",
                STRANGER,
                "tracestate",
                "stranger=1",
                "baggage",
                "who=alice@example.com")
            .body();
    String call = turn.at("/calls/0/id").asText();
    product.phoneOf("alice").approve("Do you want to buy 2 " + PRODUCT);
    Product.awaitStatus(alice, call, "ORDERED");
    return turn;
  }

  private static void fails(Product product) {
    Api alice = product.as("alice");
    product.shop.faults().next("orders", 1, new Fault.Answer(422, "No " + PRODUCT, null));
    String refused = alice.buy(5, PRODUCT);
    product.phoneOf("alice").approve("Do you want to buy 5 " + PRODUCT);
    Product.awaitStatus(alice, refused, "REJECTED");
    alice.post("/api/purchases", "{\"product\": \"" + PRODUCT + "\", \"qty\": -1}");
    alice.get("/api/purchases/" + PRODUCT + "?cursor=" + PRODUCT);
    alice.get("/" + PRODUCT);
    new Api(product.base(), alice.token() + "x").get("/api/purchases");
  }

  private static void isOneTrace(Product product, TraceCollector collector, String call) {
    Told request = only(collector, "http post /api/chat");
    assertThat(request.parentId()).isEmpty();
    assertThat(request.traceId()).doesNotContain("1111111111");

    Told model = named(collector, "chat ").getFirst();
    assertThat(model.traceId()).isEqualTo(request.traceId());
    assertThat(model.tags())
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.provider.name", "other")
        .containsKey("gen_ai.request.model");
    assertThat(above(collector, model).name()).isEqualTo("CallModel");
    assertThat(above(collector, above(collector, model))).isEqualTo(request);

    Told question = only(collector, "RequestApproval");
    assertThat(above(collector, question)).isEqualTo(request);
    assertThat(question.tag("temporalWorkflowID")).isEqualTo(call);
    Told ask = below(collector, question, "POST");
    assertThat(ask.tag("http.response.status_code")).isEqualTo("200");
    assertThat(traceparents(product.tenant.calls(), "bc-authorize")).containsExactly(ask.header());

    Told decision = only(collector, "approval decision");
    assertThat(decision.traceId()).isNotEqualTo(request.traceId());
    assertThat(decision.parentId()).isEmpty();
    assertThat(decision.links()).containsExactly(question.header());
    assertThat(decision.tag("countersign.outcome")).isEqualTo("approved");

    Told run = only(collector, "execute_tool shop_online");
    assertThat(above(collector, run)).isEqualTo(request);
    assertThat(run.links()).containsExactly(decision.header());
    assertThat(run.tags())
        .containsEntry("gen_ai.operation.name", "execute_tool")
        .containsEntry("gen_ai.tool.name", "shop_online")
        .containsEntry("countersign.outcome", "done");
    Told order = below(collector, run, "POST");
    assertThat(traceparents(product.shop.calls(), "orders")).containsExactly(order.header());

    assertThat(traceparents(product.tenant.calls(), "token")).isEmpty(); // polls
    assertThat(calls(product))
        .allSatisfy(made -> {
          assertThat(made.trace()).doesNotContainKeys("tracestate", "baggage");
        });
  }

  private static void namesItInTheLog(
      CapturedOutput output, String call, String conversation, Told question) {
    assertThat(lines(output, "auditEvent=question_asked"))
        .anySatisfy(line ->
            assertThat(line)
                .contains("\"WorkflowId\":\"" + call)
                .contains("\"ConversationId\":\"" + conversation)
                .contains("\"traceId\":\"" + question.traceId())
                .contains("\"spanId\":\"" + question.id()));
    assertThat(lines(output, "Ended as DONE"))
        .anySatisfy(line ->
            assertThat(line)
                .contains("\"WorkflowId\":\"" + call)
                .contains("\"ConversationId\":\"" + conversation));
  }

  private static List<String> lines(CapturedOutput output, String words) {
    return output.getAll().lines().filter(line -> line.contains(words)).toList();
  }

  /** Neither polls nor streams, nor what isn't of a call. */
  private static void isNotTooMuch(TraceCollector collector) {
    assertThat(collector.spans())
        .extracting(Told::name)
        .doesNotContain("AwaitDecision")
        .noneMatch(name -> name.contains("security") || name.contains("/**"))
        .noneMatch(name -> name.contains("/events") || name.contains("/actuator"));
    assertThat(named(collector, "POST")).hasSize(4);
    assertThat(named(collector, "execute_tool"))
        .anyMatch(run -> "refused".equals(run.tag("countersign.outcome")));
    assertThat(collector.resources())
        .allMatch(of -> of.getResource().toString().contains("the-shop-assistant"));
  }

  private void saysNoSecretAndNoWordOfAUser(Product product, TraceCollector collector) {
    Emissions said = new Emissions();
    collector
        .requests()
        .forEach(request -> {
          said.add("traces", request.toByteArray());
          said.add("traces", request.toString().getBytes(UTF_8));
        });
    calls(product).forEach(call -> said.add("headers", call.trace().toString()));
    Map<String, String> words = new LinkedHashMap<>(overheard.secrets());
    words.put("client secret", product.tenant.clientSecret());
    words.put("bearer token", String.valueOf(product.as("alice").token()));
    words.put("collector's key", API_KEY);
    words.put("sub", "auth0|alice");
    words.put("name", "alice");
    words.put("product", PRODUCT);
    words.put("message", "Do you want");

    assertThat(words.keySet().toString()).contains("access token", "ID token", "auth_req_id");
    assertThat(said.find(words, "traces", "headers")).isEmpty();
    assertThat(collector.keys()).containsOnly(API_KEY);
    assertThat(collector.spans())
        .allSatisfy(span -> {
          assertThat(span.tags().keySet()).isSubsetOf(TAGS);
          assertThat(span.span().getEventsList()).isEmpty();
          assertThat(span.span().getStatus().getMessage()).isEmpty();
        });
  }

  /** What was recorded with traces goes on without them. */
  private static void replays(ApplicationContext application, String... ids) throws Exception {
    WorkflowClient client = application.getBean(CountersignTemporal.class).client();
    try (TestWorkflowEnvironment plain = TestWorkflowEnvironment.newInstance()) {
      Worker worker = plain.newWorker("replay");
      worker.registerWorkflowImplementationTypes(
          GuardedCallWorkflowImpl.class, ConversationWorkflowImpl.class);
      for (String id : ids) {
        WorkflowReplayer.replayWorkflowExecution(client.fetchHistory(id), worker);
      }
    }
  }

  private static List<String> traceparents(List<CallLog.Call> calls, String endpoint) {
    return calls.stream()
        .filter(call -> call.endpoint().equals(endpoint))
        .map(call -> call.trace().get("traceparent"))
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<Told> named(TraceCollector collector, String beginning) {
    return collector.spans().stream().filter(span -> span.name().startsWith(beginning)).toList();
  }

  private static Told only(TraceCollector collector, String name) {
    List<Told> found = named(collector, name);
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private static Told above(TraceCollector collector, Told span) {
    return collector.spans().stream()
        .filter(one -> one.id().equals(span.parentId()) && one.traceId().equals(span.traceId()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nothing above " + span.name()));
  }

  private static Told below(TraceCollector collector, Told span, String name) {
    return collector.spans().stream()
        .filter(one -> one.name().equals(name) && one.parentId().equals(span.id()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + name + " below " + span.name()));
  }
}
