package dev.countersign.benchmark;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.e2e.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a turn of the chat takes beyond the model, from the request to the answer: one user speaks
 * to a model that answers at once, and its own time is taken off.
 */
final class Chat implements Measurement {
  private static final int WARM_UP = 30;

  /** So long that what waits for an approval isn't polled meanwhile. */
  private static final Duration INTERVAL = Duration.ofMinutes(4);

  /**
   * What is said.
   *
   * @param begins whether a conversation begins with it
   * @param asks whether the model calls the guarded tool
   */
  private record Kind(String name, boolean begins, boolean asks) {
    String words(int turn) {
      return asks
          ? "Buy %d bells".formatted(1 + turn)
          : "What about bell number %d?".formatted(turn);
    }

    int requests() {
      return asks ? 2 : 1;
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("words, as the first of a conversation", true, false),
          new Kind("words, within one", false, false),
          new Kind("a purchase, until its approval is asked for", false, true));

  /** Turns of a kind; processor times are milliseconds a turn. */
  private record Turns(Quantiles millis, double appMillis, double serverMillis) {}

  @Override
  public String name() {
    return "chat";
  }

  @Override
  public Result measure(Form form) throws Exception {
    List<Turns> found = new ArrayList<>();
    try (PromptModel model = new PromptModel();
        Stage stage =
            Stage.start(Stage.product(INTERVAL), 1, Map.of("OPENAI_BASE_URL", model.baseUrl()))) {
      Talk warmUp = new Talk(stage, model, WARM_UP, 0);
      KINDS.forEach(warmUp::turns);
      Talk talk = new Talk(stage, model, form.turns(), WARM_UP);
      KINDS.forEach(kind -> found.add(talk.turns(kind)));
    }
    List<List<String>> rows = new ArrayList<>();
    for (int kind = 0; kind < KINDS.size(); kind++) {
      Turns turns = found.get(kind);
      rows.add(
          List.of(
              KINDS.get(kind).name(),
              "" + KINDS.get(kind).requests(),
              Table.whole(turns.millis().median()),
              Table.whole(turns.millis().p95()),
              Table.whole(turns.millis().p99()),
              Table.tenths(turns.appMillis()),
              Table.tenths(turns.serverMillis())));
    }
    Table table =
        new Table(
            "chat",
            List.of(
                "what is said",
                "requests to the model",
                "median, ms",
                "95 %, ms",
                "99 %, ms",
                "application: ms of CPU a turn",
                "Temporal: ms of CPU a turn"),
            rows);
    Plot plot =
        new Plot(
            "chat",
            "A turn of the chat without the model's time",
            "ms",
            List.of("first words", "words", "purchase"),
            List.of(
                new Plot.Series(
                    "median", found.stream().map(turns -> turns.millis().median()).toList()),
                new Plot.Series(
                    "95 %", found.stream().map(turns -> turns.millis().p95()).toList())));
    return new Result(List.of(table), List.of(plot));
  }

  /** As many conversations as turns of a kind; each turn is said in another. */
  private static final class Talk {
    private final Stage stage;
    private final PromptModel model;
    private final Api alice;
    private final int turns;
    private final int firstTurn;
    private final List<String> conversations = new ArrayList<>();

    /**
     * Nothing is said yet.
     *
     * @param firstTurn so many wishes were said before
     */
    Talk(Stage stage, PromptModel model, int turns, int firstTurn) {
      this.stage = stage;
      this.model = model;
      this.turns = turns;
      this.firstTurn = firstTurn;
      alice = stage.api(0, "alice");
    }

    /** Says one thing in each conversation, one after the other. */
    Turns turns(Kind kind) {
      Duration app = stage.applicationCpu();
      Duration server = stage.server().cpu();
      int asked = stage.product.tenant.polls().size();
      List<Double> millis = new ArrayList<>();
      for (int turn = 0; turn < turns; turn++) {
        millis.add(turn(kind, turn));
      }
      await()
          .atMost(Stage.PATIENCE)
          .until(() -> stage.product.tenant.polls().size() == asked + (kind.asks() ? turns : 0));
      return new Turns(
          Quantiles.of(millis),
          each(stage.applicationCpu().minus(app)),
          each(stage.server().cpu().minus(server)));
    }

    private double turn(Kind kind, int turn) {
      int requests = model.requests();
      long itsOwn = model.nanos();
      String conversation = kind.begins() ? null : conversations.get(turn);
      long start = System.nanoTime();
      Api.Answer answer = alice.say(conversation, kind.words(firstTurn + turn));
      long whole = System.nanoTime() - start;
      check(kind, answer, model.requests() - requests);
      if (conversation == null) {
        conversations.add(answer.body().path("conversationId").asText());
      }
      return (whole - (model.nanos() - itsOwn)) / 1e6;
    }

    private static void check(Kind kind, Api.Answer answer, int requests) {
      JsonNode messages = answer.body().path("messages");
      String said = messages.path(messages.size() - 1).path("text").asText();
      boolean isAnswered =
          kind.asks()
              ? said.startsWith("Your approval is needed") && said.endsWith(PromptModel.ASKED)
              : said.equals(PromptModel.WORDS);
      boolean hasAsked = answer.body().path("calls").size() == (kind.asks() ? 1 : 0);
      if (!isAnswered || !hasAsked || requests != kind.requests()) {
        throw new IllegalStateException(
            "%s: the model was asked %d times for %s".formatted(kind.name(), requests, answer));
      }
    }

    private double each(Duration time) {
      return time.toNanos() / 1e6 / turns;
    }
  }
}
