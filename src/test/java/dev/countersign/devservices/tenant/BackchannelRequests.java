package dev.countersign.devservices.tenant;

import dev.countersign.devservices.loopback.JsonFiles;
import dev.countersign.devservices.tenant.BackchannelRequest.Decision;
import dev.countersign.devservices.tenant.PhoneRequest.Status;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every request and what became of it. A change is in its file before the method returns, so that
 * whoever got an answer finds it again after a crash.
 */
final class BackchannelRequests {
  /** Beside three intervals: so late is no client that still asks. */
  private static final Duration LATE = Duration.ofSeconds(5);

  private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(1);
  private final SecureRandom random = new SecureRandom();
  private final Map<String, BackchannelRequest> byId = new LinkedHashMap<>();
  private final Map<String, String> idByAuthReqId = new LinkedHashMap<>();
  private final Map<String, Pace> paces = new LinkedHashMap<>();
  private final JsonFiles<BackchannelRequest> files;
  private final Duration interval;
  private final Clock clock;
  private final Instant startedAt;
  private Decision atOnce = Decision.NONE;

  /** What came of a decision on the phone. */
  enum Decided {
    DONE,
    UNKNOWN,
    TOO_LATE
  }

  BackchannelRequests(JsonFiles<BackchannelRequest> files, Duration interval, Clock clock) {
    this.files = files;
    this.interval = interval;
    this.clock = clock;
    this.startedAt = clock.instant();
    files.all().stream()
        .sorted(Comparator.comparing(BackchannelRequest::createdAt))
        .forEach(this::restore);
  }

  /** From now on every request is decided as it comes. */
  synchronized void decideAtOnce(Decision decision) {
    atOnce = decision;
  }

  /** Rings the user's phone. */
  synchronized BackchannelRequest ask(BackchannelAsk ask) {
    Instant now = clock.instant();
    var request =
        new BackchannelRequest(
            unguessable(16),
            unguessable(32),
            ask.clientId(),
            ask.from(),
            ask.user().sub(),
            ask.scope(),
            ask.audience(),
            ask.bindingMessage(),
            ask.authorizationDetails(),
            now,
            now.plus(ask.expiry()),
            Decision.NONE,
            null,
            false);
    keep(atOnce == Decision.NONE ? request : request.decided(atOnce, now));
    idByAuthReqId.put(request.authReqId(), request.id());
    return request;
  }

  /** Answers one poll of the token endpoint. */
  synchronized PollAnswer poll(String clientId, String authReqId) {
    String id = idByAuthReqId.get(authReqId);
    BackchannelRequest request = id == null ? null : byId.get(id);
    if (request == null || !request.clientId().equals(clientId)) {
      return new PollAnswer.Unknown();
    }
    Instant now = clock.instant();
    Pace pace = pace(request);
    PollAnswer answer = answer(request, pace, now);
    if (answer instanceof PollAnswer.Approved(BackchannelRequest approved)) {
      keep(approved);
    }
    pace.answered(now, answer);
    return answer;
  }

  /** Decides a pending request; whatever was decided or has expired stays as it is. */
  synchronized Decided decide(String id, Decision decision) {
    BackchannelRequest request = byId.get(id);
    if (request == null) {
      return Decided.UNKNOWN;
    }
    Instant now = clock.instant();
    if (request.status(now) != Status.PENDING) {
      return Decided.TOO_LATE;
    }
    keep(request.decided(decision, now));
    return Decided.DONE;
  }

  /** The requests of a user, newest first. */
  synchronized List<PhoneRequest> of(TenantUser user) {
    Instant now = clock.instant();
    return byId.values().stream()
        .filter(request -> request.sub().equals(user.sub()))
        .map(request -> shown(request, now))
        .toList()
        .reversed();
  }

  private PhoneRequest shown(BackchannelRequest request, Instant now) {
    return new PhoneRequest(
        request.id(),
        request.sub(),
        request.status(now),
        request.from(),
        request.bindingMessage(),
        request.authorizationDetails(),
        request.createdAt(),
        request.expiresAt(),
        request.decidedAt(),
        request.used(),
        pace(request).isKept(startedAt, now.minus(LATE)));
  }

  /** The phone's id of a request; empty if there is none. */
  synchronized Optional<String> idOf(String authReqId) {
    return Optional.ofNullable(idByAuthReqId.get(authReqId));
  }

  /** The polls of every request, oldest request first. */
  synchronized List<PollLog> polls() {
    return byId.values().stream()
        .map(request ->
            new PollLog(request.id(), request.sub(), request.createdAt(), pace(request).polls()))
        .toList();
  }

  private static PollAnswer answer(BackchannelRequest request, Pace pace, Instant now) {
    if (request.used()) {
      return new PollAnswer.Unknown();
    }
    if (request.decision() == Decision.DENIED || !now.isBefore(request.expiresAt())) {
      return new PollAnswer.Ended();
    }
    if (pace.tooEarly(now)) {
      return new PollAnswer.SlowDown(pace.slowDown());
    }
    return request.decision() == Decision.APPROVED
        ? new PollAnswer.Approved(request.exchanged())
        : new PollAnswer.Pending();
  }

  private void keep(BackchannelRequest request) {
    files.save(request.id(), request);
    byId.put(request.id(), request);
  }

  private void restore(BackchannelRequest request) {
    if (request.expiresAt().plus(KEPT_AFTER_EXPIRY).isBefore(clock.instant())) {
      files.delete(request.id());
      return;
    }
    byId.put(request.id(), request);
    idByAuthReqId.put(request.authReqId(), request.id());
  }

  private Pace pace(BackchannelRequest request) {
    return paces.computeIfAbsent(request.id(), _ -> new Pace(interval, request.createdAt()));
  }

  private String unguessable(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }
}
