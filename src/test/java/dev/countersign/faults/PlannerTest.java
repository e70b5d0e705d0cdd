package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final List<Plan> MANY = LongStream.range(1, 500).mapToObj(Planner::plan).toList();

  @Test
  void sameSeedSamePlan() {
    for (Plan plan : MANY) {
      assertThat(Planner.plan(plan.seed())).isEqualTo(plan).hasToString(plan.toString());
    }
    assertThat(MANY).doesNotHaveDuplicates();
  }

  @Test
  void plansAreAsLargeAsTheyShouldBe() {
    assertThat(MANY)
        .allSatisfy(plan -> {
          assertThat(plan.apps()).hasSizeBetween(1, 2);
          assertThat(plan.wishes()).hasSizeBetween(5, 30);
          assertThat(plan.troubles()).hasSizeBetween(4, 9);
          assertThat(plan.expiry()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(60));
        });
  }

  @Test
  void everythingHappensInSomePlan() {
    assertThat(all(wish -> wish.answer().name())).hasSize(Wish.Answer.values().length);
    assertThat(all(wish -> wish.model().name())).hasSize(Wish.ModelWay.values().length);
    assertThat(all(Wish::user)).hasSizeGreaterThan(1);
    assertThat(MANY.stream().map(Plan::pings).distinct()).hasSize(Plan.Pings.values().length);
    Set<String> kinds =
        MANY.stream()
            .flatMap(plan -> plan.troubles().stream())
            .map(moment -> moment.trouble().kind())
            .collect(Collectors.toSet());
    int misbehaviours = Endpoint.values().length * Misbehaviour.values().length;
    assertThat(kinds).hasSize(misbehaviours + 10);
  }

  @Test
  void messagesTellWishesApart() {
    assertThat(MANY)
        .allSatisfy(plan ->
            assertThat(plan.wishes().stream().flatMap(wish -> wish.items().stream().distinct()))
                .extracting(Wish.Item::message)
                .doesNotHaveDuplicates());
  }

  private static Set<String> all(Function<Wish, String> part) {
    return MANY.stream()
        .flatMap(plan -> plan.wishes().stream())
        .map(part)
        .collect(Collectors.toSet());
  }
}
