package dev.countersign.app.purchase;

import static org.awaitility.Awaitility.await;

import dev.countersign.app.purchase.PurchaseWorld.Running;
import dev.countersign.app.purchase.PurchaseWorld.ShopTerms;
import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.guard.ApprovalPolicy;
import dev.countersign.guard.UserDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records histories of calls on a real server, in real time, into the directory that the property
 * {@code histories.into} names; what is there already stays as it is, for a history is never
 * recorded again.
 */
@EnabledIfSystemProperty(named = "histories.into", matches = ".+")
class HistoryRecorder {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Path INTO = Path.of(System.getProperty("histories.into", ""));

  /** What happens to one purchase. */
  private interface Story {
    void of(PurchaseWorld world, Running purchase);
  }

  /** What is there before it starts. */
  private interface Scene {
    void of(PurchaseWorld world);
  }

  private final TemporalLauncher temporal = TemporalLauncher.start(LauncherSettings.temporary());

  @Test
  void recordsCalls() throws IOException {
    try (temporal) {
      decisions();
      cancels();
      tokens();
      troubles();
      unknowns();
      unnamed();
      listeners();
    }
  }

  private void decisions() throws IOException {
    record(
        "call-done",
        settings(true, null, 0),
        world -> world.provider.approvesAfter(Duration.ofSeconds(1)),
        (_, _) -> {});
    record(
        "call-denied",
        settings(true, null, 0),
        world -> world.provider.deniesAfter(Duration.ofSeconds(1)),
        (_, _) -> {});
    record(
        "call-unasked",
        settings(true, null, 0),
        world -> world.policies.add(_ -> ApprovalPolicy.Ruling.notNeeded()),
        (_, _) -> {});
    record(
        "call-expired",
        settings(true, null, 0),
        world -> world.provider.requestsLive(Duration.ofSeconds(3)),
        (_, _) -> {});
  }

  private void troubles() throws IOException {
    record(
        "call-whose-approval-and-answer-were-lost",
        settings(true, null, 0),
        world -> {
          world.provider.nextPoll(new TokenAnswer.Unavailable("The answer was lost", null));
          world.provider.nextPoll(new TokenAnswer.InvalidGrant(null));
          world.provider.approvesAfter(Duration.ofSeconds(1));
          world.shop.nextOrdersAndLosesTheAnswer();
        },
        (_, _) -> {});
    record(
        "call-asked-twice-and-cancelled",
        settings(true, null, 0),
        world -> world.provider.nextAsk(world.provider::ringAndLoseTheAnswer),
        (world, purchase) -> {
          await().atMost(PATIENCE).until(() -> world.provider.rings().size() > 1);
          awaits(purchase, PurchaseStatus.AWAITING_APPROVAL);
          purchase.cancel();
        });
    record(
        "call-failed-at-a-busy-shop",
        settings(true, null, 0),
        world -> {
          world.provider.approvesAfter(Duration.ofSeconds(1));
          for (int request = 0; request < 10; request++) {
            world.shop.next(new OrderAnswer.Busy(429, Duration.ofSeconds(25)));
          }
        },
        (_, _) -> {});
    record(
        "call-tried-again",
        settings(true, null, 0),
        world -> {
          world.provider.approvesAfter(Duration.ofSeconds(1));
          world.shop.next(new OrderAnswer.Busy(503, null));
          world.shop.next(new OrderAnswer.Busy(503, null));
        },
        (_, _) -> {});
    record(
        "call-rejected-by-the-shop",
        settings(true, null, 0),
        world -> {
          world.provider.approvesAfter(Duration.ofSeconds(1));
          world.shop.next(new OrderAnswer.Refused(422, "Sold out"));
        },
        (_, _) -> {});
    record(
        "call-cut-off-while-it-ran",
        settings(true, null, 0),
        world -> {
          world.provider.approvesAfter(Duration.ofSeconds(1));
          world.shop.nextCrashes();
        },
        (_, _) -> {});
  }

  private void cancels() throws IOException {
    record(
        "call-cancelled-while-awaiting",
        settings(true, null, 0),
        _ -> {},
        (_, purchase) -> {
          awaits(purchase, PurchaseStatus.AWAITING_APPROVAL);
          purchase.cancel();
        });
    record(
        "call-cancelled-while-requested",
        settings(true, null, 0),
        world -> {
          for (int request = 0; request < 10; request++) {
            world.provider.nextAsk(() -> new AuthenticationAnswer.NotSent("Connection refused"));
          }
        },
        (world, purchase) -> {
          await().atMost(PATIENCE).until(() -> world.provider.requests() > 1);
          purchase.cancel();
        });
  }

  private void tokens() throws IOException {
    record(
        "call-done-with-a-second-token",
        settings(true, null, 0),
        world -> {
          world.provider.tokensLive(Duration.ofSeconds(10));
          world.provider.approvesAfter(Duration.ofSeconds(1));
          world.shop.next(new OrderAnswer.Unknown("The shop answered 503", Duration.ofSeconds(9)));
        },
        (_, _) -> {});
    record(
        "call-tried-again-with-a-second-token",
        settings(true, null, 0),
        world -> {
          world.provider.tokensLive(Duration.ofSeconds(10));
          world.provider.approvesAfter(Duration.ofSeconds(1));
          world.shop.next(new OrderAnswer.Unknown("The shop answered 503", Duration.ofSeconds(9)));
          world.shop.next(new OrderAnswer.Busy(503, null));
        },
        (_, _) -> {});
    record(
        "call-approval-ended",
        settings(false, null, 0),
        world -> {
          world.provider.tokensLive(Duration.ofSeconds(4));
          world.provider.approvesAfter(Duration.ofSeconds(1));
        },
        (_, _) -> {});
  }

  private void unknowns() throws IOException {
    Scene lost =
        world -> {
          world.provider.approvesAfter(Duration.ofSeconds(1));
          world.shop.nextOrdersAndLosesTheAnswer();
        };
    Scene failed =
        world -> {
          world.provider.approvesAfter(Duration.ofSeconds(1));
          world.shop.next(new OrderAnswer.Unknown("The shop answered 503"));
          world.shop.nextLookUp(new LookUpAnswer.Unknown("The shop answered 500", null));
        };
    record("call-looked-up-as-done", settings(false, 2, 0), lost, (_, _) -> {});
    record("call-looked-up-as-not-done", settings(false, 2, 0), failed, (_, _) -> {});
    record("call-looked-up-again", settings(false, 2, 0), failed, (_, _) -> {});
    record("call-never-settled", settings(false, null, 2), lost, (_, _) -> {});
    record("call-settled-as-done", settings(false, null, 60), lost, settled(true));
    record("call-settled-as-not-done", settings(false, null, 60), failed, settled(false));
  }

  private void unnamed() throws IOException {
    Path calls = INTO.resolve("user-calls.json");
    Path call = INTO.resolve("call-of-a-user.json");
    if (Files.exists(calls) && Files.exists(call)) {
      return;
    }
    try (PurchaseWorld world = PurchaseWorld.at(temporal.target(), settings(true, null, 0))) {
      world.provider.approvesAfter(Duration.ofSeconds(2));
      Running purchase = world.startUnnamed();
      world.startUnnamed();
      purchase.end();
      String workflow =
          PurchaseWorld.QUEUES.prefix()
              + "-calls-of-"
              + new UserDigest(new byte[32]).of(PurchaseWorld.ALICE.sub());
      world.client().newUntypedWorkflowStub(workflow).getResult(Void.class);
      Files.writeString(calls, world.client().fetchHistory(workflow).toJson(true) + "\n");
      Files.writeString(call, world.client().fetchHistory(purchase.id).toJson(true) + "\n");
    }
  }

  /** One who misses the first news twice, so that the next ones wait for it. */
  private void listeners() throws IOException {
    AtomicInteger told = new AtomicInteger();
    record(
        "call-listened",
        settings(true, null, 0).withListeners(),
        world -> {
          world.provider.approvesAfter(Duration.ofSeconds(1));
          world.listeners.add(_ -> {
            if (told.incrementAndGet() < 3) {
              throw new IllegalStateException("No network");
            }
          });
        },
        (_, _) -> {});
  }

  private static Story settled(boolean ordered) {
    return (_, purchase) -> {
      awaits(purchase, PurchaseStatus.OUTCOME_UNKNOWN);
      purchase.settle(ordered, "Looked up in the back office");
    };
  }

  private static ShopTerms settings(
      boolean askAgain, @Nullable Integer lookUpNotFoundAfter, int settleWithin) {
    boolean idempotent = askAgain;
    return new ShopTerms(
        Duration.ofSeconds(10),
        idempotent,
        Duration.ofMinutes(1),
        askAgain,
        lookUpNotFoundAfter == null ? null : Duration.ofSeconds(lookUpNotFoundAfter),
        Duration.ofSeconds(settleWithin));
  }

  private void record(String name, ShopTerms settings, Scene scene, Story story)
      throws IOException {
    Path file = INTO.resolve(name + ".json");
    if (Files.exists(file)) {
      return;
    }
    try (PurchaseWorld world = PurchaseWorld.at(temporal.target(), settings)) {
      scene.of(world);
      Running purchase = world.start();
      story.of(world, purchase);
      purchase.end();
      Files.writeString(file, world.client().fetchHistory(purchase.id).toJson(true) + "\n");
    }
  }

  private static void awaits(Running purchase, PurchaseStatus status) {
    await().atMost(PATIENCE).until(() -> Objects.equals(purchase.state().status(), status));
  }
}
