package dev.countersign.faults;

import dev.countersign.devservices.loopback.CallLog.Call;
import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Polled;
import dev.countersign.faults.Evidence.Question;
import dev.countersign.faults.Evidence.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Executes a plan with real processes, and returns what was seen. */
final class Run {
  /** After everything has healed and every question has expired, for whatever goes on by itself. */
  static final Duration GRACE = Duration.ofSeconds(75);

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration NEWS = Duration.ofSeconds(45);
  private final Plan plan;

  private Run(Plan plan) {
    this.plan = plan;
  }

  static Evidence of(Plan plan) throws InterruptedException {
    return new Run(plan).execute();
  }

  private Evidence execute() throws InterruptedException {
    try (World world = new World(plan)) {
      world.start();
      Instant beganAt = Instant.now();
      var users = new Users(world, beganAt);
      var phones = new Phones(world, plan);
      var troubles = new Troublemaker(world, beganAt);
      Thread watch = Thread.ofVirtual().name("phones").start(phones::watch);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> made = new ArrayList<>();
        for (Plan.Moment moment : plan.troubles()) {
          made.add(threads.submit(task(() -> troubles.make(moment))));
        }
        List<Future<?>> said = new ArrayList<>();
        for (Wish wish : plan.wishes()) {
          said.add(threads.submit(task(() -> users.say(wish))));
        }
        join(made);
        world.heal();
        for (Replica app : world.apps) {
          app.awaitReady();
        }
        join(said);
      }
      var reader = new Reader(world);
      List<Bought> purchases = awaitEnds(world, reader);
      List<Said> news = awaitNews(reader, purchases);
      watch.interrupt();
      watch.join();
      Map<String, Evidence.Press> presses = phones.presses();
      try (Flows flows = new Flows(world.temporal.target())) {
        return new Evidence(
            plan,
            beganAt,
            questions(world, presses),
            calls(world),
            world.shop.records(),
            purchases,
            users.accepted(),
            users.refused(),
            users.cancels(),
            news,
            flows.all(),
            troubles.disruptions());
      }
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private static Callable<Boolean> task(Step step) {
    return () -> {
      step.run();
      return true;
    };
  }

  private static void join(List<Future<?>> tasks) throws InterruptedException {
    for (Future<?> task : tasks) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A step of the run failed", e.getCause());
      }
    }
  }

  /** All purchases, as soon as all have ended, or when nothing more is to be expected. */
  private List<Bought> awaitEnds(World world, Reader reader) throws InterruptedException {
    Instant healed = Instant.now();
    Supplier<Instant> deadline =
        () ->
            Stream.concat(
                    Stream.of(healed),
                    world.tenant.polls().stream()
                        .map(question -> question.createdAt().plus(plan.expiry())))
                .max(Instant::compareTo)
                .orElseThrow()
                .plus(World.ORDERING)
                .plus(GRACE);
    return await(
        reader::purchases,
        all -> all.stream().allMatch(Bought::hasEnded) && nothingIsHeld(world),
        deadline);
  }

  private static boolean nothingIsHeld(World world) {
    return calls(world).stream().allMatch(call -> call.to() != null);
  }

  private static List<Said> awaitNews(Reader reader, List<Bought> purchases)
      throws InterruptedException {
    Instant deadline = Instant.now().plus(NEWS);
    List<Said> all = new ArrayList<>();
    for (String user : List.of("alice", "bob")) {
      Set<String> told =
          purchases.stream()
              .filter(purchase -> purchase.user().equals(user))
              .filter(purchase -> purchase.conversation() != null)
              .filter(Bought::hasEnded)
              .map(Bought::id)
              .collect(Collectors.toSet());
      Set<String> conversations =
          purchases.stream()
              .filter(purchase -> purchase.user().equals(user))
              .map(Bought::conversation)
              .filter(Objects::nonNull)
              .collect(Collectors.toSet());
      all.addAll(
          await(
              () -> reader.news(user, conversations),
              news ->
                  told.stream()
                      .allMatch(id ->
                          news.stream()
                              .anyMatch(said -> said.purchase().equals(id) && !Notices.is(said))),
              () -> deadline));
    }
    return all;
  }

  private static <T> T await(
      Supplier<Optional<T>> look, Predicate<T> enough, Supplier<Instant> deadline)
      throws InterruptedException {
    Optional<T> last = Optional.empty();
    while (true) {
      Optional<T> seen = look.get();
      if (seen.isPresent() && enough.test(seen.get())) {
        return seen.get();
      }
      last = seen.isPresent() ? seen : last;
      if (Instant.now().isAfter(deadline.get())) {
        return last.orElseThrow(() -> new IllegalStateException("No application answers"));
      }
      Thread.sleep(LOOK);
    }
  }

  static List<Question> questions(World world, Map<String, Evidence.Press> presses) {
    Map<String, List<Polled>> polls =
        world.tenant.polls().stream()
            .collect(
                Collectors.toMap(
                    log -> log.id(),
                    log ->
                        log.polls().stream()
                            .map(poll -> new Polled(poll.at(), poll.answer()))
                            .toList()));
    return Stream.of("alice", "bob")
        .flatMap(user -> world.tenant.pushes(user).stream())
        .map(push ->
            new Question(
                push.id(),
                push.user(),
                push.bindingMessage(),
                push.createdAt(),
                push.expiresAt(),
                polls.getOrDefault(push.id(), List.of()),
                presses.get(push.id())))
        .sorted((one, other) -> one.askedAt().compareTo(other.askedAt()))
        .toList();
  }

  private static List<Call> calls(World world) {
    return Stream.of(world.tenant.calls(), world.shop.calls(), world.model.calls())
        .flatMap(List::stream)
        .sorted((one, other) -> one.from().compareTo(other.from()))
        .toList();
  }
}
