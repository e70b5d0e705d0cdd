package dev.countersign.guard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.countersign.approval.FakeProvider;
import dev.countersign.audit.AuditLog;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.guard.ApprovalPolicy.Ruling;
import dev.countersign.guard.UserGrantsWorkflow.Grant;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One yes covers equal calls for a while, until somebody or something ends it. */
@Timeout(60)
class RememberedApprovalsTest {
  private static final CallUser ALICE = new CallUser("alice", null);

  private final GuardWorld<Bank> world = new GuardWorld<>(Bank.class);

  /** Keeps its books. */
  static class Bank {
    final List<String> booked = new CopyOnWriteArrayList<>();
    final List<ApprovedCall> calls = new CopyOnWriteArrayList<>();
    volatile Runnable before = () -> {};

    @RequiresApproval(
        message = "Transfer {amount} EUR to {iban} for {note}",
        remember = Remember.USER,
        rememberFor = "PT10M",
        rememberAny = "note")
    String transfer(BigDecimal amount, String iban, String note) {
      return book("transfer " + amount + " to " + iban);
    }

    @RequiresApproval(message = "Read {mailbox}", remember = Remember.CONVERSATION)
    String read(String mailbox) {
      return book("read " + mailbox);
    }

    @RequiresApproval(message = "Pay {iban}", remember = Remember.USER, rememberFor = "PT1H")
    String pay(String iban) {
      return book("pay " + iban);
    }

    @RequiresApproval(message = "Delete {file}")
    String delete(String file) {
      return book("delete " + file);
    }

    @RequiresApproval(message = "Print {file}", remember = Remember.USER, idempotent = true)
    String print(String file) {
      return book("print " + file);
    }

    private String book(String entry) {
      calls.add(ApprovedCall.current());
      before.run();
      booked.add(entry);
      return "booked " + entry;
    }
  }

  @BeforeEach
  void approve() {
    world.provider.approvesAfter(Duration.ofSeconds(10));
    world.provider.tokensLive(Duration.ofHours(1));
    world.ticks();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private CallState transfer(CallUser user, String amount, String iban, String note) {
    return world.end(world.calls.start(user, "transfer", new BigDecimal(amount), iban, note));
  }

  private CallState transfer(String amount, String iban) {
    return transfer(ALICE, amount, iban, "rent");
  }

  private static Instant decidedAt(CallState call) {
    return requireNonNull(call.decidedAt());
  }

  private static CoveredBy approval(CallState call) {
    return requireNonNull(call.coveredBy());
  }

  private int rings() {
    return world.provider.rings().size();
  }

  @Test
  void coversAnEqualCallAndSaysSo() {
    CallState first = transfer("5", "DE89");
    CallState second = transfer("5", "DE89");

    assertThat(rings()).isEqualTo(1);
    assertThat(world.bean.booked).hasSize(2);
    assertThat(first.coveredBy()).isNull();
    assertThat(second.status()).isEqualTo(CallStatus.DONE);
    assertThat(second.decidedAt()).isNull();
    assertThat(second.runsAtOnce()).isTrue();
    assertThat(second.isUnasked()).isFalse();
    assertThat(second.coveredBy())
        .satisfies(approval -> {
          assertThat(approval.callId()).isEqualTo(first.id());
          assertThat(approval.approvedAt()).isEqualTo(decidedAt(first));
          assertThat(approval.expiresAt()).isEqualTo(decidedAt(first).plusSeconds(600));
        });
  }

  @Test
  void runsUnderTheSameTokenAndAKeyOfItsOwn() {
    CallState first = transfer("5", "DE89");
    CallState second = transfer("5", "DE89");

    assertThat(world.bean.calls)
        .extracting(ApprovedCall::token)
        .containsExactly(FakeProvider.ACCESS_TOKEN, FakeProvider.ACCESS_TOKEN);
    assertThat(world.bean.calls)
        .extracting(ApprovedCall::idempotencyKey)
        .containsExactly(first.id(), second.id());
    assertThat(world.bean.calls.get(1).approvedAt()).isEqualTo(decidedAt(first));
  }

  @Test
  void tellsTheCallerAtOnceWhatCameOfItAndUnderWhichApproval() {
    transfer("5", "DE89");

    String id = world.calls.start(ALICE, "transfer", new BigDecimal("5"), "DE89", "rent");
    CallAnswer answer = world.calls.answer("transfer", id);

    assertThat(answer).isInstanceOf(CallAnswer.Done.class);
    assertThat(answer.words())
        .startsWith("booked transfer 5 to DE89 (Not asked again: covered by the user's approval of")
        .endsWith("UTC.)");
    assertThat(answer.sentence())
        .startsWith("booked transfer 5 to DE89 (Not asked again: covered by your approval of");
  }

  @Test
  void tellsListenersOfTheApproval() {
    List<CallNews> news = new CopyOnWriteArrayList<>();
    try (GuardWorld<Bank> listened =
        new GuardWorld<>(Bank.class, GuardWorld.RUN.withListeners(), Duration.ZERO)) {
      listened.listeners.add(news::add);
      listened.provider.approvesAfter(Duration.ZERO); // no time is skipped for such calls
      Object[] arguments = {new BigDecimal("5"), "DE89", "rent"};
      CallState first = listened.end(listened.calls.start(ALICE, "transfer", arguments));
      news.clear();
      listened.end(listened.calls.start(ALICE, "transfer", arguments));

      assertThat(news)
          .singleElement()
          .isInstanceOfSatisfying(
              CallNews.Ended.class,
              ended -> assertThat(approval(ended.call()).callId()).isEqualTo(first.id()));
    }
  }

  @Test
  void asksForOtherArgumentsThanThoseThatMayDiffer() {
    transfer("5", "DE89");

    assertThat(transfer("6", "DE89").coveredBy()).isNull();
    assertThat(transfer("5", "DE90").coveredBy()).isNull();
    assertThat(rings()).isEqualTo(3);
    assertThat(transfer(ALICE, "5", "DE89", "a gift").coveredBy()).isNotNull();
    assertThat(rings()).isEqualTo(3);
  }

  @Test
  void asksForEachCallOfAToolThatDoesNotSaySo() {
    world.end(world.calls.start(ALICE, "delete", "a.txt"));
    world.end(world.calls.start(ALICE, "delete", "a.txt"));

    assertThat(rings()).isEqualTo(2);
  }

  @Test
  void coversNobodyElse() {
    transfer("5", "DE89");

    assertThat(transfer(new CallUser("bob", null), "5", "DE89", "rent").coveredBy()).isNull();
    assertThat(world.remembered.of("carol")).isEmpty();
  }

  @Test
  void coversCallsInItsConversationOnly() {
    CallUser inOne = ALICE.in("one");
    world.end(world.calls.start(inOne, "read", "inbox"));

    assertThat(world.end(world.calls.start(inOne, "read", "inbox")).coveredBy()).isNotNull();
    assertThat(world.end(world.calls.start(ALICE.in("two"), "read", "inbox")).coveredBy()).isNull();
    assertThat(world.end(world.calls.start(ALICE, "read", "inbox")).coveredBy()).isNull();
    assertThat(world.end(world.calls.start(ALICE, "read", "inbox")).coveredBy()).isNull();
    assertThat(rings()).isEqualTo(4);
  }

  @Test
  void endsAfterItsTime() {
    transfer("5", "DE89");
    world.environment.sleep(Duration.ofMinutes(10));

    assertThat(transfer("5", "DE89").coveredBy()).isNull();
    assertThat(rings()).isEqualTo(2);
  }

  @Test
  void endsWithItsToken() {
    world.provider.tokensLive(Duration.ofMinutes(2));
    CallState first = transfer("5", "DE89");

    assertThat(world.remembered.of("alice"))
        .singleElement()
        .satisfies(approval ->
            assertThat(approval.expiresAt())
                .isBeforeOrEqualTo(decidedAt(first).plus(Duration.ofMinutes(2))));
    world.environment.sleep(Duration.ofMinutes(2));
    assertThat(transfer("5", "DE89").coveredBy()).isNull();
  }

  /** A covered call prolongs nothing. */
  @Test
  void endsThoughItWasUsed() {
    transfer("5", "DE89");
    world.environment.sleep(Duration.ofMinutes(6));
    assertThat(transfer("5", "DE89").coveredBy()).isNotNull();
    world.environment.sleep(Duration.ofMinutes(6));

    assertThat(transfer("5", "DE89").coveredBy()).isNull();
  }

  @Test
  void isListedAndForgottenByItsUserOnly() {
    CallState first = transfer("5", "DE89");

    assertThat(world.remembered.of("alice"))
        .containsExactly(
            new RememberedApproval(
                first.id(),
                "transfer",
                "Transfer 5 EUR to DE89 for rent",
                null,
                List.of("note"),
                decidedAt(first),
                decidedAt(first).plusSeconds(600)));
    assertThat(world.remembered.of("bob")).isEmpty();
    assertThat(world.remembered.forget("bob", first.id())).isFalse();
    assertThat(world.remembered.forget("alice", "transfer-0-0")).isFalse();
    assertThat(world.remembered.forget("alice", first.id())).isTrue();
    assertThat(world.remembered.of("alice")).isEmpty();
    assertThat(world.remembered.forget("alice", first.id())).isFalse();
    assertThat(transfer("5", "DE89").coveredBy()).isNull();
    assertThat(transfer("5", "DE89").coveredBy()).isNotNull();
  }

  @Test
  void isForgottenWhenItsUserSignsOut() {
    transfer("5", "DE89");
    transfer("6", "DE89");

    world.remembered.forget("alice");

    assertThat(world.remembered.of("alice")).isEmpty();
    assertThat(transfer("5", "DE89").coveredBy()).isNull();
  }

  @Test
  void isForgottenWithItsConversation() {
    world.end(world.calls.start(ALICE.in("one"), "read", "inbox"));
    world.end(world.calls.start(ALICE.in("two"), "read", "inbox"));
    transfer("5", "DE89");

    world.remembered.forgetConversation("alice", "one");

    assertThat(world.remembered.of("alice"))
        .extracting(RememberedApproval::conversation)
        .containsExactly("two", null);
  }

  /** Whoever signs out while a call waits for their phone has ended what that yes would start. */
  @Test
  void isNotRememberedOfACallThatWasAskedBeforeItsUserSignedOut() {
    world.bean.before = () -> world.remembered.forget("alice");
    transfer("5", "DE89");
    world.bean.before = () -> {};

    assertThat(world.remembered.of("alice")).isEmpty();
    assertThat(transfer("5", "DE89").coveredBy()).isNull();
    assertThat(transfer("5", "DE89").coveredBy()).isNotNull();
  }

  /**
   * Whoever signs out elsewhere too, at a process that can't know its tools: their source is away.
   */
  @Test
  void isNotRememberedOfACallThatWasAskedBeforeItsUserSignedOutElsewhere() {
    RememberedApprovals elsewhere = ofAProcessWhoseSourceIsAway();
    world.bean.before = () -> elsewhere.forget("alice");
    transfer("5", "DE89");
    world.bean.before = () -> {};

    assertThat(world.remembered.of("alice")).isEmpty();
    assertThat(transfer("5", "DE89").coveredBy()).isNull();
  }

  @Test
  void isNotRememberedInAConversationThatWasDeletedElsewhere() {
    RememberedApprovals elsewhere = ofAProcessWhoseSourceIsAway();
    world.bean.before = () -> elsewhere.forgetConversation("alice", "one");
    world.end(world.calls.start(ALICE.in("one"), "read", "inbox"));
    world.bean.before = () -> {};

    assertThat(world.remembered.of("alice")).isEmpty();
  }

  private RememberedApprovals ofAProcessWhoseSourceIsAway() {
    GuardWorld.OtherProcess other = world.otherProcess(ToolRules.Settings.NONE);
    other
        .tools()
        .add(() -> {
          throw new IllegalStateException("The server is away");
        });
    return other.remembered();
  }

  /** Between the freezing and the run. */
  @Test
  void isNotUsedOnceItHasEndedThoughTheCallWasFrozenBefore() {
    CallState first = transfer("5", "DE89");
    FrozenCall frozen =
        world.calls.freeze(ALICE, "transfer", "1", null, new BigDecimal("5"), "DE89", "rent");
    assertThat(requireNonNull(frozen.coveredBy()).callId()).isEqualTo(first.id());
    world.remembered.forget("alice");

    begin(frozen);
    CallState end = world.end(frozen.id());

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.coveredBy()).isNull();
    assertThat(end.decidedAt()).isNotNull();
    assertThat(rings()).isEqualTo(2);
    assertThat(world.bean.booked).hasSize(2);
  }

  /** Workers go away while the provider can't be reached: nobody says where the call stands. */
  @Test
  void isNotToldOfACallWhoseUserIsAskedAfterAll() {
    transfer("5", "DE89");
    FrozenCall frozen = frozen("1", "5");
    world.remembered.forget("alice");
    for (int i = 0; i < 20; i++) {
      world.provider.nextAsk(() -> new AuthenticationAnswer.NotSent("Connection refused"));
    }
    begin(frozen);
    await()
        .until(
            () -> world.calls.state(frozen.id()),
            call -> call.status() == CallStatus.REQUESTED && call.coveredBy() == null);
    world.stopWorkers();

    CallState silent = world.impatient(GuardWorld.QUEUES).state(frozen.id());

    assertThat(silent.status()).isEqualTo(CallStatus.REQUESTED);
    assertThat(silent.coveredBy()).isNull();
    assertThat(silent.waits()).isTrue();
  }

  /** Nobody says whether it still covers the call: who gets no answer asks. */
  @Test
  void isNotWaitedForLongerThanForTheToolWhenNobodySaysWhetherItCovers() {
    world.end(world.calls.start(ALICE, "pay", "DE89"));
    FrozenCall frozen = world.calls.freeze(ALICE, "pay", "1", null, "DE89");
    assertThat(frozen.coveredBy()).isNotNull();
    silenceTheGrantsOfAlice();

    begin(frozen);
    CallState end = world.end(frozen.id());

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.coveredBy()).isNull();
    assertThat(rings()).isEqualTo(2);
    assertThat(world.bean.booked).hasSize(2);
  }

  /** Goes on under the name of those who keep approvals, and doesn't know what it is asked. */
  @WorkflowInterface
  public interface Mute {
    @WorkflowMethod(name = "Mute")
    void stay();
  }

  /** Stays. */
  public static final class MuteImpl implements Mute {
    @Override
    public void stay() {
      Workflow.sleep(Duration.ofDays(30));
    }
  }

  private void silenceTheGrantsOfAlice() {
    WorkflowClient client = world.environment.getWorkflowClient();
    client.newUntypedWorkflowStub(grants("alice")).terminate("to be silent");
    client
        .newUntypedWorkflowStub(
            "Mute",
            WorkflowOptions.newBuilder()
                .setWorkflowId(grants("alice"))
                .setTaskQueue(GuardWorld.QUEUES.workflows())
                .build())
        .start();
  }

  /** Another yes would not open the bank. */
  @Test
  void isAsGoodAsAFreshOneForAToolThatCannotBeUsed() {
    world.end(world.calls.start(ALICE, "pay", "DE89"));
    world.bean.before =
        () -> {
          throw new NotDoneException("The bank is closed");
        };

    CallState end = world.end(world.calls.start(ALICE, "pay", "DE89"));

    assertThat(end.status()).isEqualTo(CallStatus.FAILED);
    assertThat(end.reason()).isEqualTo("It was given up: The bank is closed. Nothing was done.");
    assertThat(rings()).isEqualTo(1);
    assertThat(CallEnded.of(end).sentence()).isEqualTo(end.reason());
    assertThat(CallEnded.of(end).toolResult()).isEqualTo(end.toolResult());
  }

  @Test
  void isToldAtTheEndOfWhatItHasCovered() {
    transfer("5", "DE89");
    CallState done = transfer("5", "DE89");
    world.bean.before =
        () -> {
          throw new IllegalStateException("No answer");
        };
    CallState unknown = transfer("5", "DE89");

    assertThat(List.of(done, unknown))
        .extracting(CallState::status)
        .containsExactly(CallStatus.DONE, CallStatus.OUTCOME_UNKNOWN);
    assertThat(List.of(done, unknown))
        .extracting(CallEnded::of)
        .allSatisfy(ended -> {
          assertThat(ended.sentence())
              .contains(" You were not asked again: it was covered by your approval of ");
          assertThat(ended.toolResult())
              .contains(" (Not asked again: covered by the user's approval of ");
        });
  }

  /** Temporal's own cancel arrives, and then that the approval has ended. */
  @Test
  void isNotToldOfACallThatWasCancelledSinceItCoversItNoMore() {
    transfer("5", "DE89");
    FrozenCall frozen = frozen("1", "5");
    world.bean.before =
        () -> {
          world.environment.getWorkflowClient().newUntypedWorkflowStub(frozen.id()).cancel();
          throw new TokenNotAcceptedException("The bank answered 401");
        };

    begin(frozen);
    assertThatThrownBy(() -> world.end(frozen.id())).hasMessageContaining("was cancelled");

    CallState told =
        world
            .environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(frozen.id())
            .query("state", CallState.class);
    assertThat(List.of(told, world.calls.state(frozen.id())))
        .allSatisfy(end -> {
          assertThat(end.status()).isEqualTo(CallStatus.CANCELLED);
          assertThat(end.coveredBy()).isNull();
        });
    assertThat(CallEnded.of(told).sentence()).isEqualTo("It was cancelled; nothing was done.");
  }

  private void begin(FrozenCall frozen) {
    GuardedCallWorkflow call =
        world
            .environment
            .getWorkflowClient()
            .newWorkflowStub(
                GuardedCallWorkflow.class,
                CallStart.byClient(Freezer.read(frozen), GuardWorld.QUEUES));
    WorkflowClient.start(call::call, frozen);
  }

  @Test
  void asksAfreshWhenTheToolSaysThatTheTokenIsNotAccepted() {
    transfer("5", "DE89");
    world.bean.before =
        () -> {
          if (world.bean.calls.size() == 2) {
            throw new TokenNotAcceptedException("The bank answered 401");
          }
        };

    CallState end = transfer("5", "DE89");

    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.coveredBy()).isNull();
    assertThat(rings()).isEqualTo(2);
    assertThat(world.bean.calls).hasSize(3);
    assertThat(world.bean.booked).hasSize(2);
  }

  @Test
  void asksAfreshWhenItEndsBeforeTheToolCouldDoIt() {
    transfer("5", "DE89");
    world.environment.sleep(Duration.ofMinutes(8));
    int covered = world.bean.calls.size();
    world.bean.before =
        () -> {
          if (rings() == 1) {
            throw new NotDoneException("The bank is busy");
          }
        };

    CallState end = transfer("5", "DE89");

    assertThat(world.bean.calls).hasSizeGreaterThan(covered + 2);
    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.coveredBy()).isNull();
    assertThat(rings()).isEqualTo(2);
    assertThat(world.bean.booked).hasSize(2);
  }

  @Test
  void endsAsUnknownWhatMayHaveBeenDone() {
    transfer("5", "DE89");
    world.bean.before =
        () -> {
          throw new IllegalStateException("No answer");
        };

    CallState end = transfer("5", "DE89");

    assertThat(end.status()).isEqualTo(CallStatus.OUTCOME_UNKNOWN);
    assertThat(end.coveredBy()).isNotNull();
    assertThat(rings()).isEqualTo(1);
  }

  /** Nobody knows what the first has done, so that no second is done without a word. */
  @Test
  void isNotRememberedOfWhatIsNotKnownToBeDone() {
    world.bean.before =
        () -> {
          throw new IllegalStateException("No answer");
        };
    transfer("5", "DE89");
    world.bean.before =
        () -> {
          throw new RefusedException("Not with that token");
        };
    transfer("5", "DE89");

    assertThat(world.remembered.of("alice")).isEmpty();
    assertThat(rings()).isEqualTo(2);
  }

  @Test
  void isNeitherUsedNorMadeWhereAPolicyHasAnOpinion() {
    transfer("5", "DE89");
    world.policies.add(_ -> Ruling.needed());
    assertThat(transfer("5", "DE89").coveredBy()).isNull();
    assertThat(transfer("6", "DE89").coveredBy()).isNull();
    assertThat(rings()).isEqualTo(3);
    assertThat(world.remembered.of("alice")).hasSize(1);

    world.policies.set(0, _ -> Ruling.notNeeded());
    CallState unasked = transfer("5", "DE89");
    assertThat(unasked.isUnasked()).isTrue();
    assertThat(unasked.coveredBy()).isNull();

    world.policies.set(0, _ -> Ruling.forbidden("No."));
    assertThatThrownBy(() -> transfer("5", "DE89")).isInstanceOf(CallNotDoneException.class);

    world.policies.set(0, _ -> Ruling.asDeclared());
    assertThat(transfer("5", "DE89").coveredBy()).isNotNull();
  }

  /** Who may write to Temporal can have it remember what they like, but can't seal it. */
  @Test
  void coversNothingThatSomebodyHasMadeOfIt() {
    CallState first = transfer("5", "DE89");
    WorkflowStub kept =
        world.environment.getWorkflowClient().newUntypedWorkflowStub(grants("alice"));
    Grant genuine = kept.query("covering", Grant.class, likenessOf(first));
    kept.signal("remember", lasting(genuine, Duration.ofDays(300)));

    try (AuditLog audit = new AuditLog()) {
      assertThat(transfer("5", "DE89").coveredBy()).isNull();

      assertThat(audit.of(first.id()))
          .extracting(AuditLog.Entry::summary)
          .containsExactly("seal_broken remembered");
    }
    assertThat(rings()).isEqualTo(2);
  }

  private String likenessOf(CallState call) {
    return requireNonNull(Freezer.read(GuardedCallTest.input(world, call.id())).remember())
        .likeness();
  }

  private static Grant lasting(Grant grant, Duration more) {
    return new Grant(
        grant.callId(),
        grant.tool(),
        grant.message(),
        grant.conversation(),
        grant.any(),
        grant.likeness(),
        grant.askedAt(),
        grant.approvedAt(),
        grant.expiresAt().plus(more),
        grant.token());
  }

  @Test
  void survivesTheProcess() {
    CallState first = transfer("5", "DE89");
    world.restart();

    assertThat(approval(transfer("5", "DE89")).callId()).isEqualTo(first.id());
    assertThat(rings()).isEqualTo(1);
  }

  @Test
  void isKnownToAnotherProcess() {
    CallState first = transfer("5", "DE89");

    CallUser user = ALICE;
    GuardWorld.OtherProcess other = world.otherProcessOf(Bank.class);
    String id = other.calls().start(user, "transfer", new BigDecimal("5"), "DE89", "rent");

    assertThat(approval(world.end(id)).callId()).isEqualTo(first.id());
  }

  /** The process dies while it does what is covered; what may be repeated is repeated under it. */
  @Test
  void coversTheNextAttemptAfterACrash() throws InterruptedException {
    world.end(world.calls.start(ALICE, "print", "a.txt"));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    world.bean.before =
        () -> {
          begun.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException("Killed", e);
          }
        };
    String id = world.calls.start(ALICE, "print", "a.txt");
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    world.bean.before = () -> {};
    world.restart();

    CallState end = world.end(id);
    assertThat(end.status()).isEqualTo(CallStatus.DONE);
    assertThat(end.coveredBy()).isNotNull();
    assertThat(rings()).isEqualTo(1);
  }

  @Test
  void keepsNoTokenThatCanBeRead() {
    transfer("5", "DE89");
    CallState second = transfer("5", "DE89");

    assertThat(world.historyText(grants("alice")))
        .contains("Transfer 5 EUR to DE89")
        .doesNotContain(FakeProvider.ACCESS_TOKEN);
    assertThat(world.historyText(second.id())).doesNotContain(FakeProvider.ACCESS_TOKEN);
  }

  @Test
  void leavesNothingOpenOnceItHasEnded() {
    transfer("5", "DE89");
    world.environment.sleep(Duration.ofHours(1));

    await()
        .untilAsserted(() ->
            assertThat(
                    world
                        .environment
                        .getWorkflowClient()
                        .newUntypedWorkflowStub(grants("alice"))
                        .describe()
                        .getCloseTime())
                .isNotNull());
  }

  private static String grants(String user) {
    return "tools-grants-of-" + new UserDigest(new byte[32]).of(user);
  }

  /** Somebody who may write to Temporal takes the sealed token to where it says more. */
  @Test
  void isWorthNothingWhereItWasNotSealedFor() {
    transfer("5", "DE89");
    FrozenCall small = frozen("2", "5");
    FrozenCall large = frozen("3", "5000");
    UserGrantsWorkflow keeper =
        world
            .environment
            .getWorkflowClient()
            .newWorkflowStub(UserGrantsWorkflow.class, grants("alice"));
    UserGrantsWorkflow.Grant genuine = keeper.grants().getFirst();
    String wanted = requireNonNull(Freezer.read(large).remember()).likeness();

    keeper.remember(
        new UserGrantsWorkflow.Grant(
            genuine.callId(),
            genuine.tool(),
            "Transfer 5000 EUR to DE89",
            null,
            genuine.any(),
            wanted,
            genuine.askedAt(),
            genuine.approvedAt(),
            genuine.expiresAt(),
            genuine.token()));

    assertThat(Freezer.read(small).coveredBy()).isNotNull();
    assertThat(transfer("5000", "DE89").coveredBy()).isNull();
  }

  @Test
  void isNotProlongedByWhoMayWriteToTemporal() {
    transfer("5", "DE89");
    UserGrantsWorkflow keeper =
        world
            .environment
            .getWorkflowClient()
            .newWorkflowStub(UserGrantsWorkflow.class, grants("alice"));
    UserGrantsWorkflow.Grant genuine = keeper.grants().getFirst();

    keeper.remember(
        new UserGrantsWorkflow.Grant(
            genuine.callId(),
            genuine.tool(),
            genuine.message(),
            null,
            genuine.any(),
            genuine.likeness(),
            genuine.askedAt(),
            genuine.approvedAt(),
            genuine.expiresAt().plus(Duration.ofHours(5)),
            genuine.token()));

    assertThat(transfer("5", "DE89").coveredBy()).isNull();
  }

  /** Somebody who may write to Temporal makes it end at another time, or runs it elsewhere. */
  @Test
  void runsNothingInAnotherRunThanTheFirst() {
    transfer("5", "DE89");
    String id = transfer("5", "DE89").id();
    ApprovedRun genuine = GuardedCallTest.run(world, id);

    RunAnswer answer = GuardedCallTest.steal(world, id, genuine);

    assertThat(answer).isInstanceOf(RunAnswer.Unknown.class);
    assertThat(world.bean.booked).hasSize(2);
  }

  /** The token of a call can't be made a remembered one by a workflow of somebody else's. */
  @Test
  void runsNothingOnceMoreAfterItsEnd() {
    transfer("5", "DE89");
    String id = transfer("5", "DE89").id();
    world.remembered.forget("alice");

    world.provider.deniesAfter(Duration.ofSeconds(10));
    world.startAs(id, GuardedCallTest.input(world, id));

    assertThat(world.end(id).status()).isEqualTo(CallStatus.DENIED);
    assertThat(world.bean.booked).hasSize(2);
  }

  private FrozenCall frozen(String name, String amount) {
    return world.calls.freeze(
        ALICE, "transfer", name, null, new BigDecimal(amount), "DE89", "rent");
  }
}
