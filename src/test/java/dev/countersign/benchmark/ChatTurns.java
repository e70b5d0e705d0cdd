package dev.countersign.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.e2e.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a turn of a chat takes beside the model, which answers at once here. */
final class ChatTurns implements Measurement {
  private static final int WARM_UP = 30;
  private static final int A_CONVERSATION = 20;

  @Override
  public String name() {
    return "chat";
  }

  @Override
  public Result measure(Form form) throws Exception {
    try (Stage stage =
        Stage.start(
            Stage.product(Duration.ofSeconds(1)),
            1,
            Map.of("COUNTERSIGN_CHAT_LIMITS_TOKENSADAY", "0"))) {
      Api alice = stage.api(0, "alice");
      turns(alice, WARM_UP);
      List<List<Double>> found = turns(alice, form.turns());
      Table table =
          new Table(
              "chat",
              List.of("turn", "median, ms", "95 %, ms", "99 %, ms"),
              List.of(
                  row("the first of a conversation", found.get(0)),
                  row("a later one", found.get(1))));
      return new Result(List.of(table), List.of());
    }
  }

  private static List<String> row(String name, List<Double> millis) {
    Quantiles found = Quantiles.of(millis);
    return List.of(name, rounded(found.median()), rounded(found.p95()), rounded(found.p99()));
  }

  /** The times of first turns, and those of later ones. */
  private static List<List<Double>> turns(Api user, int number) {
    List<Double> first = new ArrayList<>();
    List<Double> later = new ArrayList<>();
    String conversation = null;
    for (int turn = 0; turn < number; turn++) {
      boolean begins = turn % A_CONVERSATION == 0;
      long start = System.nanoTime();
      JsonNode answer = user.say(begins ? null : conversation, "Hello " + turn).body();
      double millis = (System.nanoTime() - start) / 1e6;
      conversation = answer.path("conversationId").asText();
      (begins ? first : later).add(millis);
    }
    return List.of(first, later);
  }

  private static String rounded(double figure) {
    return String.format(Locale.ROOT, "%.0f", figure);
  }
}
