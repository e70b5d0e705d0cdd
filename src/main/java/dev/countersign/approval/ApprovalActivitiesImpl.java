package dev.countersign.approval;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.UserHint;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.UnknownKeyException;
import dev.countersign.vault.Vault;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The seam between Temporal and the identity provider: seals what comes in, opens what goes out.
 * One object serves both task queues.
 */
public final class ApprovalActivitiesImpl implements ApprovalActivities {
  private final BackchannelClient client;
  private final Vault handles;
  private final Vault calls;
  private final RequestWriter requests;
  private final DecisionPoller poller;
  private final PollQueue queue;
  private final ServerTime time = new ServerTime();
  private final StartLimits starts;
  private final QuestionLimits limits;
  private final NotificationTokens notificationTokens;
  private final @Nullable Duration safetyInterval;
  private final Clock clock;

  /**
   * Makes the activities of one provider.
   *
   * @param loginHint names users of whom a request says no more than the {@code userID}
   * @param limits on the questions of each user
   * @param waits of this process, with the lease under which they poll
   * @param clock this machine's
   */
  public ApprovalActivitiesImpl(
      BackchannelClient client,
      Vault vault,
      LoginHintTemplate loginHint,
      QuestionLimits limits,
      Waits waits,
      PollingSettings settings,
      Clock clock) {
    this.client = client;
    this.handles = vault.forPurpose(Purpose.HANDLES);
    this.calls = vault.forPurpose(Purpose.CALLS);
    this.requests = new RequestWriter(vault, loginHint);
    this.limits = limits;
    this.clock = clock;
    this.queue = new PollQueue(settings.requestsPerSecond(), waits.lease());
    this.starts =
        new StartLimits(
            () -> waits.lease().replicas().count(),
            settings.startsPerMinute(),
            settings.startsPerUserAndMinute());
    this.notificationTokens = new NotificationTokens(vault);
    this.safetyInterval = settings.safetyInterval();
    this.poller =
        new DecisionPoller(
            client,
            new Verdicts(new GrantAcceptance(client, requests, vault)),
            waits,
            settings,
            queue,
            time);
  }

  /** How far this process is behind with its polls. */
  public PollLoad pollLoad() {
    return queue.load();
  }

  /** How long a question would wait now until the provider may be told to ask it. */
  public Duration askDelay() {
    return starts.delay(clock.instant());
  }

  @Override
  public AskOutcome requestApproval(ApprovalRequest request, @Nullable Reserved reserved) {
    Clock serverTime = time.at(Activity.getExecutionContext().getInfo());
    Optional<Reserved> delayed =
        starts.start(
            request.userID(),
            clock.instant(),
            reserved == null ? null : reserved.after(untilStarted()));
    if (delayed.isPresent()) {
      return new AskOutcome.Delayed(delayed.get().left(), delayed.get());
    }
    ClientNotificationToken notificationToken;
    AuthenticationRequest onTheWire;
    try {
      check(request, workflowId());
      notificationToken = safetyInterval == null ? null : notificationTokens.mint(workflowId());
      onTheWire = requests.write(request, notificationToken);
    } catch (SealBrokenException
        | LoginHintTemplate.MissingClaimException
        | IllegalArgumentException e) {
      return new AskOutcome.Rejected(
          String.valueOf(e.getMessage()), ApprovalError.AUTHORIZATION_REQUEST_REFUSED);
    }
    AskOutcome limited = reserved == null ? limited(request, onTheWire.hint()) : null;
    if (limited != null) {
      return limited;
    }
    queue.count(); // a user's question never waits
    Instant askedAt = serverTime.instant().truncatedTo(ChronoUnit.MILLIS);
    AuthenticationAnswer answer = client.authenticate(onTheWire);
    audit(answer);
    return switch (answer) {
      case AuthenticationAnswer.Accepted(var authReqId, var expiresIn, var interval) ->
          new AskOutcome.Asked(
              new PendingApproval(
                  request,
                  handles.seal(authReqId.value(), owner(request, attempt())),
                  askedAt,
                  askedAt.plus(expiresIn),
                  interval,
                  notification(notificationToken, authReqId)));
      case AuthenticationAnswer.NoDevice(var words) -> new AskOutcome.Unreachable(words);
      case AuthenticationAnswer.Refused(var status, var error, var description) ->
          new AskOutcome.Rejected(
              "The identity provider refused the request "
                  + Refusals.words(status, error, description),
              ApprovalError.AUTHORIZATION_REQUEST_REFUSED);
      case AuthenticationAnswer.NotSent(var reason) -> new AskOutcome.NotAsked(reason, null);
      case AuthenticationAnswer.NotAsked(var reason, var retryAfter) ->
          new AskOutcome.NotAsked(reason, retryAfter);
      case AuthenticationAnswer.Throttled(var retryAfter) ->
          new AskOutcome.NotAsked("The identity provider gets too many requests (429)", retryAfter);
      case AuthenticationAnswer.Ambiguous(var reason, var retryAfter) ->
          new AskOutcome.Ambiguous(reason, retryAfter);
    };
  }

  @Override
  public Decision awaitDecision(PendingApproval pending) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    AuthReqId authReqId;
    try {
      authReqId = ThreadOfItsOwn.call(() -> authReqId(pending, new Attempt(context)));
    } catch (SealBrokenException e) {
      return new Decision.Failed(
          String.valueOf(e.getMessage()), clock.instant(), ApprovalError.PROVIDER_UNAVAILABLE);
    }
    return poller.await(context, pending, authReqId);
  }

  private AuthReqId authReqId(PendingApproval pending, Attempt attempt) {
    ApprovalRequest request = pending.request();
    check(request, attempt.workflowId());
    try {
      return new AuthReqId(handles.open(pending.authReqId(), owner(request, attempt)));
    } catch (UnknownKeyException e) {
      throw e;
    } catch (SealBrokenException e) {
      auditBroken("handle", attempt.workflowId());
      throw e;
    }
  }

  /** What certainly rang nowhere, and will be tried again, is no event. */
  private static void audit(AuthenticationAnswer answer) {
    String outcome =
        switch (answer) {
          case AuthenticationAnswer.Accepted _ -> "asked";
          case AuthenticationAnswer.NoDevice _ -> "no_device";
          case AuthenticationAnswer.Refused _ -> "refused";
          case AuthenticationAnswer.Ambiguous _ -> "unclear";
          case AuthenticationAnswer.NotSent _,
              AuthenticationAnswer.NotAsked _,
              AuthenticationAnswer.Throttled _ ->
              null;
        };
    if (outcome != null) {
      AuditEntry.of(AuditEvent.QUESTION_ASKED).call(workflowId()).outcome(outcome).write();
    }
  }

  /** Null: the phone may ring. What comes back to its reserved place was counted before. */
  private @Nullable AskOutcome limited(ApprovalRequest request, UserHint hint) {
    String name = Activity.getExecutionContext().getInfo().getActivityId();
    List<String> users =
        HintedUser.of(hint, request.userID())
            .map(hinted -> List.of(request.userID(), hinted))
            .orElseGet(() -> List.of(request.userID()));
    return switch (limits.mayAsk(users, workflowId(), name)) {
      case QuestionLimits.Answer.Ask() -> null;
      case QuestionLimits.Answer.InLine(var sentence) -> {
        AuditEntry.of(AuditEvent.LIMIT_REACHED).call(workflowId()).outcome("in_line").write();
        yield new AskOutcome.InLine(sentence);
      }
      case QuestionLimits.Answer.Refused(var sentence) -> {
        AuditEntry.of(AuditEvent.LIMIT_REACHED).call(workflowId()).outcome("refused").write();
        yield new AskOutcome.Rejected(sentence, ApprovalError.TOO_MANY_QUESTIONS);
      }
      case QuestionLimits.Answer.Unknown(var reason) -> new AskOutcome.NotAsked(reason, null);
    };
  }

  private @Nullable Notification notification(
      @Nullable ClientNotificationToken token, AuthReqId authReqId) {
    return token == null || safetyInterval == null
        ? null
        : new Notification(
            NotificationTokens.digest(token.value()),
            NotificationTokens.digest(authReqId.value()),
            safetyInterval,
            Notification.Stage.AWAITED);
  }

  /** How long this attempt waited for a worker, by Temporal's clock. */
  private static Duration untilStarted() {
    ActivityInfo attempt = Activity.getExecutionContext().getInfo();
    return Duration.ofMillis(
        Math.max(0, attempt.getStartedTimestamp() - attempt.getScheduledTimestamp()));
  }

  /** A sealed request must be the one that was sealed. */
  private void check(ApprovalRequest request, String workflowId) {
    if (request.seal() == null) {
      return;
    }
    try {
      request.seal().check(request, calls, workflowId);
    } catch (UnknownKeyException e) {
      throw e;
    } catch (SealBrokenException e) {
      auditBroken("question", workflowId);
      throw e;
    }
  }

  private static void auditBroken(String sealed, String workflowId) {
    AuditEntry.of(AuditEvent.SEAL_BROKEN).call(workflowId).outcome(sealed).write();
  }

  private static String owner(ApprovalRequest request, Attempt attempt) {
    return TokenOwner.of(attempt.workflowId(), attempt.runId(), request.seal());
  }

  private static Attempt attempt() {
    return new Attempt(Activity.getExecutionContext());
  }

  private static String workflowId() {
    return attempt().workflowId();
  }
}
