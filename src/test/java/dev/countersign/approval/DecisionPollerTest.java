package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.countersign.audit.AuditLog;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.Vault;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.GlobalDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One attempt that waits in its own process, in real but short time. */
@Timeout(30)
class DecisionPollerTest {
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** More than the pace would have let pass without a poll. */
  private static final Duration UNTIL_LATE = Duration.ofMillis(2_500);

  private final ScriptedProvider provider = new ScriptedProvider();
  private final SwitchedLease lease = new SwitchedLease();
  private final Waits waits = new Waits(lease, Duration.ofMillis(20));
  private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
  private final Vault vault = Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");

  @AfterEach
  void close() {
    waits.close();
    environment.close();
  }

  @Test
  void waitsForTheDecisionInOneAttempt() {
    provider.answers.addAll(
        List.of(
            new TokenAnswer.Pending(),
            new TokenAnswer.Unavailable("reset", null),
            new TokenAnswer.Pending(),
            new TokenAnswer.Granted(new Tokens("a token", null, Duration.ofHours(1), null, null))));
    assertThat(poll(INTERVAL, LONG)).isInstanceOf(Decision.Approved.class);
    assertThat(provider.gaps()).allSatisfy(gap -> assertThat(gap).isGreaterThan(INTERVAL));
    assertThat(provider.polls).hasSize(4);
    assertThat(provider.audiences).containsOnly("https://shop.example");
  }

  @Test
  void waitsOnceLongerWhenThePendingAnswerNamesATime() {
    Duration wished = INTERVAL.multipliedBy(8);
    provider.answers.addAll(
        List.of(
            new TokenAnswer.Pending(wished),
            new TokenAnswer.Pending(),
            new TokenAnswer.Granted(new Tokens("a token", null, Duration.ofHours(1), null, null))));
    assertThat(poll(INTERVAL, LONG)).isInstanceOf(Decision.Approved.class);
    assertThat(provider.gaps()).hasSize(2);
    assertThat(provider.gaps().getFirst()).isGreaterThanOrEqualTo(wished);
  }

  @Test
  void endsTheWaitWhenTheProviderNoLongerKnowsTheRequest() {
    provider.answers.add(new TokenAnswer.InvalidGrant(null));
    assertThat(poll(INTERVAL, LONG))
        .isInstanceOf(Decision.Lost.class)
        .returns(ApprovalError.INVALID_GRANT, Decision::error);
  }

  @Test
  void callsTheApprovalLostWhenAnAnswerMayHaveBeenMissed() {
    provider.answers.addAll(
        List.of(
            new TokenAnswer.Unavailable("reset", null),
            new TokenAnswer.Pending(),
            new TokenAnswer.InvalidGrant(null)));
    assertThat(poll(INTERVAL, LONG))
        .isInstanceOf(Decision.Lost.class)
        .returns(ApprovalError.APPROVAL_LOST, Decision::error);
  }

  @Test
  void storesASlowerPaceBeforeItGoesOn() throws InterruptedException {
    provider.answers.add(new TokenAnswer.SlowDown(null, null));
    BlockingQueue<Pace> stored = new LinkedBlockingQueue<>();
    environment.setActivityHeartbeatListener(Pace.class, stored::add);
    CompletableFuture<Decision> waiting = CompletableFuture.supplyAsync(() -> poll(INTERVAL, LONG));
    Pace pace = stored.take();
    while (pace.interval().equals(INTERVAL)) {
      pace = stored.take();
    }
    assertThat(pace.interval()).isEqualTo(INTERVAL.plus(Duration.ofSeconds(5)));
    assertThat(provider.polls).hasSize(1);
    waits.close();
    assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(ApplicationFailure.class);
  }

  @Test
  void pollsOnlyWhileTheLeaseIsHeld() {
    lease.isHeld = false;
    CompletableFuture<Decision> waiting = CompletableFuture.supplyAsync(() -> poll(INTERVAL, LONG));
    await().during(INTERVAL.multipliedBy(6)).until(provider.polls::isEmpty);
    provider.answers.add(new TokenAnswer.Denied(null));
    lease.isHeld = true;
    assertThat(waiting.join()).isEqualTo(new Decision.Denied());
    assertThat(provider.polls).hasSize(1);
  }

  @Test
  void asksTemporalForItselfBeforeItPollsUnderANewTerm() {
    BlockingQueue<Pace> stored = new LinkedBlockingQueue<>();
    environment.setActivityHeartbeatListener(Pace.class, stored::add);
    lease.term = 2;
    provider.answers.add(new TokenAnswer.Denied(null));
    assertThat(poll(INTERVAL, LONG)).isEqualTo(new Decision.Denied());
    assertThat(stored).isNotEmpty();
  }

  @Test
  void returnsADecisionThatThisProcessHasFetchedBefore() {
    provider.answers.add(new TokenAnswer.Granted(new Tokens("a token", null, null, null, null)));
    Decision first = poll(INTERVAL, LONG);
    assertThat(attempt(INTERVAL, LONG, null, TEST_WORKFLOW_ID))
        .isEqualTo(first)
        .isInstanceOf(Decision.Approved.class);
    assertThat(provider.polls).hasSize(1);
  }

  /** It doesn't say whether the user had approved before. */
  @Test
  void saysThatItCouldNotAskInTimeWhenTheProviderCallsTheRequestExpired() {
    lease.isHeld = false;
    provider.answers.add(new TokenAnswer.Expired());
    CompletableFuture<Decision> waiting = CompletableFuture.supplyAsync(() -> poll(INTERVAL, LONG));
    await().pollDelay(UNTIL_LATE).until(provider.polls::isEmpty);
    lease.isHeld = true;
    assertThat(waiting.join()).returns(ApprovalError.NOT_ASKED_IN_TIME, Decision::error);
  }

  /** The last answer came more than an interval before the end: the user may have approved. */
  @Test
  void saysThatItCouldNotAskInTime() {
    lease.isHeld = false;
    assertThat(poll(INTERVAL, UNTIL_LATE))
        .returns(ApprovalError.NOT_ASKED_IN_TIME, Decision::error);
    assertThat(provider.polls).isEmpty();
  }

  @Test
  void saysThatTheProviderCouldNotBeAskedInTime() {
    for (int poll = 0; poll < 200; poll++) {
      provider.answers.add(new TokenAnswer.Unavailable("503", null));
    }
    assertThat(poll(INTERVAL, UNTIL_LATE))
        .returns(ApprovalError.PROVIDER_UNAVAILABLE, Decision::error);
  }

  @Test
  void expiresWhenTheProviderWasAskedToTheEnd() {
    assertThat(poll(INTERVAL, UNTIL_LATE)).isEqualTo(new Decision.Expired());
  }

  @Test
  void pollsNoMoreOnceTheRequestHasExpired() {
    assertThat(poll(INTERVAL, Duration.ofMillis(10))).isEqualTo(new Decision.Expired());
    assertThat(provider.polls).isEmpty();
  }

  @Test
  void triesTheProvidersKeysAgainBeforeItGivesTheTokenUp() {
    provider.answers.add(new TokenAnswer.Granted(new Tokens("a token", null, null, null, null)));
    provider.checks.add(new GrantCheck.KeysUnavailable("503"));
    assertThat(poll(INTERVAL, LONG))
        .isInstanceOfSatisfying(
            Decision.Approved.class, approved -> assertThat(approved.tokenExpiresAt()).isNull());
  }

  @Test
  void handsTheWaitToAnotherProcessOnceThisOneIsGone() {
    CompletableFuture<Decision> waiting =
        CompletableFuture.supplyAsync(() -> poll(LONG, LONG.multipliedBy(2)));
    await().until(() -> waits.waiting() == 1);
    waits.close();
    assertThatThrownBy(waiting::get)
        .isInstanceOf(ExecutionException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("NotDecidedYet");
              assertThat(failure.isNonRetryable()).isFalse();
              assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(2));
              assertThat(asStored(failure).getStackTrace()).isEmpty();
            });
    assertThat(provider.polls).isEmpty();
  }

  private static Failure asStored(ApplicationFailure failure) {
    return GlobalDataConverter.get().exceptionToFailure(failure);
  }

  @Test
  void stopsWaitingWhenCancelled() {
    CompletableFuture<Decision> waiting =
        CompletableFuture.supplyAsync(() -> poll(LONG, LONG.multipliedBy(2)));
    await().until(() -> waits.waiting() == 1);
    environment.requestCancelActivity();
    assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(provider.polls).isEmpty();
  }

  @Test
  void letsAPollUnderWayFinishWhenThisProcessGoesDown() throws Exception {
    provider.answers.add(new TokenAnswer.Granted(new Tokens("a token", null, null, null, null)));
    provider.hold = new CountDownLatch(1);
    CompletableFuture<Decision> waiting = CompletableFuture.supplyAsync(() -> poll(INTERVAL, LONG));
    await().until(() -> !provider.polls.isEmpty());
    waits.close();
    provider.hold.countDown();
    assertThat(waiting.get()).isInstanceOf(Decision.Approved.class);
  }

  /** In real time, where the first heartbeat takes a while. */
  @Test
  void pollsWhenAPollIsDueThoughItHoldsNoSlotBetweenPolls() {
    provider.answers.add(new TokenAnswer.Granted(new Tokens("a token", null, null, null, null)));
    Notification arrived = new Notification("token", "request", LONG, Notification.Stage.ARRIVED);
    assertThat(poll(INTERVAL, LONG, Duration.ZERO, arrived)).isInstanceOf(Decision.Approved.class);
    assertThat(provider.audiences).containsOnly("https://shop.example");
  }

  /** As somebody has put it there who may write to Temporal. */
  @Test
  void pollsWithNoOtherRequestsHandle() {
    try (AuditLog audit = new AuditLog()) {
      assertThat(poll(INTERVAL, LONG, null, null, "another workflow"))
          .isInstanceOf(Decision.Failed.class);

      assertThat(audit.entries())
          .extracting(AuditLog.Entry::summary)
          .containsExactly("seal_broken handle");
    }
    assertThat(provider.polls).isEmpty();
  }

  private Decision poll(Duration interval, Duration expiresIn) {
    return poll(interval, expiresIn, null, null);
  }

  private Decision poll(
      Duration interval,
      Duration expiresIn,
      @Nullable Duration burst,
      @Nullable Notification notification) {
    return poll(interval, expiresIn, burst, notification, TEST_WORKFLOW_ID);
  }

  private Decision poll(
      Duration interval,
      Duration expiresIn,
      @Nullable Duration burst,
      @Nullable Notification notification,
      String owner) {
    environment.registerActivitiesImplementations(
        new ApprovalActivitiesImpl(
            provider,
            vault,
            new LoginHintTemplate("{sub}", "https://tenant.example.com/"),
            QuestionLimits.NONE,
            waits,
            new PollingSettings(burst, 1_000, null, null, null),
            Clock.systemUTC()));
    return attempt(interval, expiresIn, notification, owner);
  }

  private Decision attempt(
      Duration interval, Duration expiresIn, @Nullable Notification notification, String owner) {
    ApprovalActivities activities = environment.newActivityStub(ApprovalActivities.class);
    Instant now = Instant.now();
    ApprovalRequest request =
        new ApprovalRequest(
            "alice", "Buy it", List.of("openid"), "https://shop.example", null, expiresIn);
    return activities.awaitDecision(
        new PendingApproval(
            request,
            vault.forPurpose(Purpose.HANDLES).seal("auth-req-id", owner),
            now,
            now.plus(expiresIn),
            interval,
            notification));
  }

  private static final String TEST_WORKFLOW_ID = "test-workflow-id";

  /** Gives the answers it was given, then {@code Pending}. */
  private static final class ScriptedProvider implements BackchannelClient {
    private final Queue<TokenAnswer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<GrantCheck> checks = new ConcurrentLinkedQueue<>();
    private final Queue<String> audiences = new ConcurrentLinkedQueue<>();
    private final List<Instant> polls = Collections.synchronizedList(new ArrayList<>());
    private volatile CountDownLatch hold = new CountDownLatch(0);

    List<Duration> gaps() {
      List<Duration> gaps = new ArrayList<>();
      for (int poll = 1; poll < polls.size(); poll++) {
        gaps.add(Duration.between(polls.get(poll - 1), polls.get(poll)));
      }
      return gaps;
    }

    @Override
    public AuthenticationAnswer authenticate(AuthenticationRequest request) {
      throw new IllegalStateException("Nobody asks here");
    }

    @Override
    public TokenAnswer token(AuthReqId authReqId, @Nullable String audience) {
      audiences.add(String.valueOf(audience));
      polls.add(Instant.now());
      try {
        hold.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      TokenAnswer answer = answers.poll();
      return answer == null ? new TokenAnswer.Pending() : answer;
    }

    @Override
    public GrantCheck check(
        Tokens tokens, AuthenticationRequest asked, AuthReqId authReqId, Duration sinceAsked) {
      GrantCheck check = checks.poll();
      return check == null ? new GrantCheck.Valid() : check;
    }
  }
}
