package dev.countersign.faults;

import dev.countersign.devservices.tenant.PhoneRequest;
import dev.countersign.faults.Evidence.Press;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the phones of all users as their wishes say, each question for itself. */
final class Phones {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration LATE = Duration.ofSeconds(7);
  private static final List<String> USERS = List.of("alice", "bob");
  private final World world;
  private final Plan plan;
  private final Map<String, Press> presses = new ConcurrentHashMap<>();
  private final Set<String> seen = new HashSet<>();

  Phones(World world, Plan plan) {
    this.world = world;
    this.plan = plan;
  }

  /** The button of each question that was pressed in time, by the question's id. */
  Map<String, Press> presses() {
    return Map.copyOf(presses);
  }

  /** Looks at the phones until it is interrupted. */
  void watch() {
    try {
      while (true) {
        for (String user : USERS) {
          for (PhoneRequest question : world.tenant.pushes(user)) {
            if (seen.add(question.id())) {
              Thread.ofVirtual().name("user").start(() -> answer(question));
            }
          }
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Wish> wish(PhoneRequest question) {
    return plan.wishes().stream()
        .filter(wish ->
            wish.items().stream()
                .anyMatch(item -> item.message().equals(question.bindingMessage())))
        .findFirst();
  }

  private void answer(PhoneRequest question) {
    Wish wish = wish(question).orElse(null);
    if (wish == null) {
      return;
    }
    try {
      switch (wish.answer()) {
        case APPROVE -> press(question, question.createdAt().plus(wish.after()), true);
        case DENY -> press(question, question.createdAt().plus(wish.after()), false);
        case LATE -> press(question, question.expiresAt().minusSeconds(1).plus(wish.after()), true);
        case NOTHING, CANCEL -> {}
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void press(PhoneRequest question, Instant at, boolean approve)
      throws InterruptedException {
    if (plan.pings() == Plan.Pings.EARLY && world.pings != null) {
      ping(question);
    }
    Times.sleepUntil(at);
    Instant now = Instant.now();
    boolean inTime =
        approve ? world.tenant.approve(question.id()) : world.tenant.deny(question.id());
    if (inTime) {
      presses.put(question.id(), new Press(approve, now));
    }
    switch (plan.pings()) {
      case NONE, LOST, EARLY -> {}
      case IN_TIME -> ping(question);
      case DOUBLED -> {
        ping(question);
        ping(question);
      }
      case LATE -> {
        Thread.sleep(LATE);
        ping(question);
      }
    }
  }

  private void ping(PhoneRequest question) {
    try {
      if (world.pings != null) {
        int _ = world.pings.ping(question.bindingMessage());
      }
    } catch (RuntimeException e) {
      // nobody takes it: lost
    }
  }
}
