package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.CibaPing;
import dev.countersign.approval.Decision;
import dev.countersign.approval.RequestSeal;
import dev.countersign.approval.TurnListener;
import dev.countersign.audit.AuditLog;
import dev.countersign.vault.Sealed;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever may do everything at Temporal, but has no keys, gets nothing done for a yes that was
 * given to something else: start, terminate and signal workflows, complete activities, have a
 * worker of their own schedule what they like, and use again whatever a history holds.
 */
@Timeout(60)
class TamperingTest {
  private static final BigDecimal PEN = new BigDecimal("12.50");

  private final GuardWorld<Bank> world = new GuardWorld<>(Bank.class);
  private String pen = "";
  private String gold = "";

  /** Keeps its books. */
  static class Bank {
    final List<String> booked = new CopyOnWriteArrayList<>();

    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    String transfer(BigDecimal amount, String iban) {
      if (amount.compareTo(PEN) == 0) {
        throw new NotDoneException("The bank is closed");
      }
      booked.add(amount + " to " + iban);
      return "booked " + amount;
    }
  }

  /** What somebody makes of a pen's approval, to be run as the gold, or once more as the pen. */
  enum Forgery {
    /** The gold was frozen by the application, and waits for its own answer. */
    PENS_TOKEN_FOR_THE_GOLD {
      @Override
      ApprovedRun of(TamperingTest test, ApprovedRun pen) {
        return with(pen, test.frozenGold(), pen.token());
      }

      @Override
      String id(TamperingTest test) {
        return test.gold;
      }
    },
    /** As if what was frozen for the gold had been frozen for the pen's id. */
    THE_GOLD_UNDER_THE_PENS_ID {
      @Override
      ApprovedRun of(TamperingTest test, ApprovedRun pen) {
        return with(pen, test.frozenGold(), pen.token());
      }
    },
    /** The pen's seals around the gold. */
    PENS_SEALS_AROUND_THE_GOLD {
      @Override
      ApprovedRun of(TamperingTest test, ApprovedRun pen) {
        FrozenCall call = pen.call();
        String golden = call.snapshot().replace("12.50", "1012.50");
        return with(pen, new FrozenCall(golden, call.seal(), call.request()), pen.token());
      }
    },
    /** The pen, whose approval says that it is for the gold. */
    AN_APPROVAL_BOUND_TO_THE_GOLD {
      @Override
      ApprovedRun of(TamperingTest test, ApprovedRun pen) {
        FrozenCall golden = test.frozenGold();
        RequestSeal own = pen.call().request();
        RequestSeal bound =
            new RequestSeal(boundTo(golden), own == null ? golden.seal() : own.sealed());
        return with(pen, new FrozenCall(golden.snapshot(), golden.seal(), bound), pen.token());
      }

      @Override
      String id(TamperingTest test) {
        return test.gold;
      }
    },
    /** The gold, and something sealed that is no token. */
    ANOTHER_SEAL_FOR_A_TOKEN {
      @Override
      ApprovedRun of(TamperingTest test, ApprovedRun pen) {
        return with(pen, test.frozenGold(), test.frozenGold().seal());
      }

      @Override
      String id(TamperingTest test) {
        return test.gold;
      }
    },
    /** The gold, as if nobody had to be asked. */
    NO_TOKEN_AT_ALL {
      @Override
      ApprovedRun of(TamperingTest test, ApprovedRun pen) {
        return with(pen, test.frozenGold(), null);
      }

      @Override
      String id(TamperingTest test) {
        return test.gold;
      }
    },
    /** The pen once more, whose token has not ended. */
    THE_PEN_IN_ANOTHER_RUN {
      @Override
      ApprovedRun of(TamperingTest test, ApprovedRun pen) {
        return with(pen, pen.call(), pen.token());
      }
    };

    abstract ApprovedRun of(TamperingTest test, ApprovedRun pen);

    /** Under which it is run: the other call of this id is ended before. */
    String id(TamperingTest test) {
      return test.pen;
    }

    private static ApprovedRun with(ApprovedRun pen, FrozenCall call, @Nullable Sealed token) {
      return new ApprovedRun(call, token, null, pen.approvedAt(), 1, null, null);
    }

    private static String boundTo(FrozenCall call) {
      RequestSeal seal = call.request();
      return seal == null ? "" : seal.boundTo();
    }
  }

  @BeforeEach
  void approvesThePenAndAsksForTheGold() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    pen = transfer(PEN);
    world.end(pen);
    world.provider.requestsLive(Duration.ofDays(1));
    world.provider.approvesAfter(Duration.ofDays(2));
    gold = transfer(new BigDecimal(1_000));
    while (world.calls.state(gold).status() != CallStatus.AWAITING_APPROVAL) {
      world.environment.sleep(Duration.ofSeconds(1));
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String transfer(BigDecimal amount) {
    return world.calls.start(new CallUser("alice", null), "transfer", amount, "DE89");
  }

  private FrozenCall frozenGold() {
    return GuardedCallTest.input(world, gold);
  }

  private WorkflowClient client() {
    return world.environment.getWorkflowClient();
  }

  @ParameterizedTest
  @EnumSource
  void runsNoForgery(Forgery forgery) {
    ApprovedRun forged = forgery.of(this, GuardedCallTest.run(world, pen));
    String id = forgery.id(this);
    if (id.equals(gold)) {
      client().newUntypedWorkflowStub(gold).terminate("to start another in its place");
    }

    RunAnswer answer;
    try (AuditLog audit = new AuditLog()) {
      answer = GuardedCallTest.steal(world, id, forged);
      assertThat(audit.of(id))
          .extracting(AuditLog.Entry::summary)
          .anyMatch(entry -> entry.matches("seal_broken (call|token)"));
    }

    assertThat(answer).isInstanceOfAny(RunAnswer.Refused.class, RunAnswer.Unknown.class);
    assertThat(world.bean.booked).isEmpty();
  }

  /** The wait for the gold's answer is ended with the yes to the pen. */
  @Test
  void takesNoOtherCallsApprovalForItsOwn() {
    Sealed token = GuardedCallTest.run(world, pen).token();
    complete(ApprovalActivities.AWAIT_DECISION, new Decision.Approved(token(token), null));

    assertThat(world.end(gold).status()).isNotEqualTo(CallStatus.DONE);
    assertThat(world.bean.booked).isEmpty();
  }

  /** The same with a token that somebody has sealed under a key of their own. */
  @Test
  void takesNoMadeUpApproval() {
    Sealed seal = frozenGold().seal();
    Sealed madeUp = new Sealed(seal.keyId(), "AAAA" + seal.ciphertext().substring(4));
    complete(ApprovalActivities.AWAIT_DECISION, new Decision.Approved(madeUp, null));

    assertThat(world.end(gold).status()).isNotEqualTo(CallStatus.DONE);
    assertThat(world.bean.booked).isEmpty();
  }

  @Test
  void isMovedByNoSignal() {
    WorkflowStub call = client().newUntypedWorkflowStub(gold);
    call.signal("settle", new CallSettlement(true, "It was done"));
    call.signal("CibaPing", new CibaPing("0".repeat(64), "0".repeat(64)));
    call.signal(TurnListener.TURN);
    world.environment.sleep(Duration.ofMinutes(1));

    assertThat(world.calls.state(gold).status()).isEqualTo(CallStatus.AWAITING_APPROVAL);
    assertThat(world.bean.booked).isEmpty();
    assertThat(world.provider.rings()).hasSize(2);
  }

  /** Ended, and started again under its id with the amount of the gold in the pen's seals. */
  @Test
  void asksForNothingThatWasNotFrozen() {
    FrozenCall genuine = GuardedCallTest.input(world, pen);
    String golden = genuine.snapshot().replace("12.50", "1012.50");
    world.startAs(pen, new FrozenCall(golden, genuine.seal(), genuine.request()));

    assertThat(world.end(pen).status()).isEqualTo(CallStatus.REJECTED);
    assertThat(world.provider.rings()).hasSize(2);
    assertThat(world.bean.booked).isEmpty();
  }

  private static Sealed token(@Nullable Sealed token) {
    if (token == null) {
      throw new AssertionError("The pen was run without a token");
    }
    return token;
  }

  /** While an attempt runs, as whoever ends it must. */
  private void complete(String activityType, Object result) {
    String activityId =
        world.history(gold).stream()
            .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
            .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
            .filter(activity -> activity.getActivityType().getName().equals(activityType))
            .findFirst()
            .orElseThrow()
            .getActivityId();
    AtomicBoolean completed = new AtomicBoolean();
    world.provider.beforePolled(() -> {
      if (completed.compareAndSet(false, true)) {
        client().newActivityCompletionClient().complete(gold, Optional.empty(), activityId, result);
      }
    });
  }
}
