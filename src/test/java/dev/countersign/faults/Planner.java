package dev.countersign.faults;

import dev.countersign.faults.Plan.Circumstances;
import dev.countersign.faults.Plan.Moment;
import dev.countersign.faults.Wish.Answer;
import dev.countersign.faults.Wish.ModelWay;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Draws a plan from a seed. */
final class Planner {
  /** In which wishes are said, from the beginning. */
  private static final int SAYING = 15_000;

  /** In which troubles begin, from the beginning. */
  private static final int TROUBLING = 35_000;

  private static final List<String> USERS = List.of("alice", "bob");
  private final SplittableRandom random;
  private final long seed;

  private Planner(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** The plan of a seed: 5 to 30 wishes, 4 to 9 troubles. */
  static Plan plan(long seed) {
    return new Planner(seed).draw(between(5, 30), between(4, 9));
  }

  /** A small one, of which the test that runs with all others has time for. */
  static Plan small(long seed) {
    return new Planner(seed).draw(between(5, 8), between(6, 7));
  }

  private record Range(int least, int most) {}

  private static Range between(int least, int most) {
    return new Range(least, most);
  }

  private Plan draw(Range wishes, Range troubles) {
    List<Circumstances> apps = times(oneOf(1, 2, 2), this::circumstances);
    Duration expiry = Duration.ofSeconds(in(20, 60));
    Plan.Pings pings = chance(4) ? any(Plan.Pings.values()) : Plan.Pings.NONE;
    List<Wish> said = new ArrayList<>();
    int count = in(wishes.least, wishes.most);
    for (int number = 1; number <= count; number++) {
      said.add(wish(number, expiry));
    }
    List<Moment> moments = times(in(troubles.least, troubles.most), () -> moment(apps.size()));
    return new Plan(
        seed,
        apps,
        expiry,
        pings,
        List.copyOf(said),
        moments.stream().sorted(Comparator.comparing(Moment::at)).toList());
  }

  private Circumstances circumstances() {
    Duration skew = chance(4) ? Duration.ofSeconds(in(-90, 90)) : Duration.ZERO;
    return new Circumstances(skew, chance(8));
  }

  private Wish wish(int number, Duration expiry) {
    Answer answer =
        switch (in(1, 10)) {
          case 1 -> Answer.DENY;
          case 2 -> Answer.NOTHING;
          case 3 -> Answer.CANCEL;
          case 4 -> Answer.LATE;
          default -> Answer.APPROVE;
        };
    int latest = (int) expiry.toMillis() * 2 / 3;
    Duration after = answer == Answer.LATE ? millis(in(-2_000, 2_000)) : millis(in(200, latest));
    int conversation = chance(2) ? in(1, 2) : 0;
    return new Wish(
        number,
        any(USERS),
        conversation,
        in(1, 9),
        limit(),
        millis(in(0, SAYING)),
        answer,
        after,
        model(conversation));
  }

  private @Nullable BigDecimal limit() {
    return chance(2) ? BigDecimal.valueOf(in(1, 900)) : null;
  }

  private ModelWay model(int conversation) {
    return conversation > 0 && chance(5) ? any(ModelWay.values()) : ModelWay.ONE_CALL;
  }

  private Moment moment(int apps) {
    return new Moment(millis(in(1_000, TROUBLING)), trouble(apps));
  }

  private Trouble trouble(int apps) {
    int app = in(0, apps - 1);
    return switch (in(1, 20)) {
      case 1, 2 -> new Trouble.Kill(app, millis(in(0, 8_000)));
      case 3 -> new Trouble.Terminate(app);
      case 4 -> new Trouble.Roll();
      case 5 -> new Trouble.FreezeApp(app, millis(in(2_000, 40_000)));
      case 6, 7 -> new Trouble.KillTemporal(millis(in(0, 45_000)));
      case 8 -> new Trouble.FreezeTemporal(millis(in(5_000, 60_000)));
      case 9 -> new Trouble.Latency(app, millis(in(5, 500)), millis(in(5_000, 30_000)));
      case 10 -> new Trouble.Drop(app, millis(in(0, 20_000)));
      case 11 -> new Trouble.BlackHole(app, chance(2), millis(in(3_000, 40_000)));
      case 12, 13, 14 -> misbehave(Endpoint.ASK, 3);
      case 15, 16, 17 -> misbehave(Endpoint.TOKEN, 15);
      case 18, 19 -> misbehave(Endpoint.ORDERS, 5);
      default -> misbehave(Endpoint.MODEL, 4);
    };
  }

  private Trouble misbehave(Endpoint endpoint, int mostTimes) {
    return new Trouble.Misbehave(
        endpoint, any(Misbehaviour.values()), in(1, mostTimes), millis(in(1_000, 40_000)));
  }

  private int in(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }

  private static <T> List<T> times(int count, Supplier<T> draw) {
    List<T> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(draw.get());
    }
    return List.copyOf(drawn);
  }
}
