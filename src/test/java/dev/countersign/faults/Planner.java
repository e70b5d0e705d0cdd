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
  private static final List<String> USERS = List.of("alice", "bob");
  private final SplittableRandom random;
  private final long seed;
  private final Scale scale;

  private Planner(long seed, Scale scale) {
    this.seed = seed;
    this.scale = scale;
    this.random = new SplittableRandom(seed);
  }

  /**
   * How large a plan is.
   *
   * @param saying in which wishes are said, from the beginning
   * @param troubling in which troubles begin, from the beginning
   * @param shortening of every outage and of what users get for their answer
   */
  private record Scale(
      Range wishes, Range troubles, Duration saying, Duration troubling, int shortening) {}

  /** The plan of a seed: 5 to 30 wishes, 4 to 9 troubles. */
  static Plan plan(long seed) {
    return new Planner(
            seed,
            new Scale(
                between(5, 30), between(4, 9), Duration.ofSeconds(15), Duration.ofSeconds(35), 1))
        .draw();
  }

  /** A small one, of which the test that runs with all others has time for. */
  static Plan small(long seed) {
    return new Planner(
            seed,
            new Scale(
                between(5, 8), between(6, 7), Duration.ofSeconds(5), Duration.ofSeconds(15), 3))
        .draw();
  }

  private record Range(int least, int most) {}

  private static Range between(int least, int most) {
    return new Range(least, most);
  }

  private Plan draw() {
    List<Circumstances> apps = times(oneOf(1, 2, 2), this::circumstances);
    Duration expiry = Duration.ofSeconds(15 + in(5, 45) / scale.shortening);
    Plan.Pings pings = chance(4) ? any(Plan.Pings.values()) : Plan.Pings.NONE;
    List<Wish> said = new ArrayList<>();
    int count = in(scale.wishes.least, scale.wishes.most);
    for (int number = 1; number <= count; number++) {
      said.add(wish(number, expiry));
    }
    List<Moment> moments =
        times(in(scale.troubles.least, scale.troubles.most), () -> moment(apps.size()));
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
        millis(in(0, (int) scale.saying.toMillis())),
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
    return new Moment(millis(in(1_000, (int) scale.troubling.toMillis())), trouble(apps));
  }

  private Trouble trouble(int apps) {
    int app = in(0, apps - 1);
    return switch (in(1, 20)) {
      case 1, 2 -> new Trouble.Kill(app, outage(0, 8_000));
      case 3 -> new Trouble.Terminate(app);
      case 4 -> new Trouble.Roll();
      case 5 -> new Trouble.FreezeApp(app, outage(2_000, 40_000));
      case 6, 7 -> new Trouble.KillTemporal(outage(0, 45_000));
      case 8 -> new Trouble.FreezeTemporal(outage(5_000, 60_000));
      case 9 -> new Trouble.Latency(app, outage(5, 500), outage(5_000, 30_000));
      case 10 -> new Trouble.Drop(app, outage(0, 20_000));
      case 11 -> new Trouble.BlackHole(app, chance(2), outage(3_000, 40_000));
      case 12, 13, 14 -> misbehave(Endpoint.ASK, 3);
      case 15, 16, 17 -> misbehave(Endpoint.TOKEN, 15);
      case 18, 19 -> misbehave(Endpoint.ORDERS, 5);
      default -> misbehave(Endpoint.MODEL, 4);
    };
  }

  private Trouble misbehave(Endpoint endpoint, int mostTimes) {
    return new Trouble.Misbehave(
        endpoint, any(Misbehaviour.values()), in(1, mostTimes), outage(1_000, 40_000));
  }

  private Duration outage(int least, int most) {
    return millis(in(least, most) / scale.shortening);
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
