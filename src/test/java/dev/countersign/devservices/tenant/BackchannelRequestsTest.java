package dev.countersign.devservices.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.devservices.loopback.JsonFiles;
import dev.countersign.devservices.loopback.MutableClock;
import dev.countersign.devservices.tenant.BackchannelRequest.Decision;
import dev.countersign.devservices.tenant.BackchannelRequests.Decided;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackchannelRequestsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final String CLIENT = "countersign";
  @TempDir Path directory;
  private final MutableClock clock = new MutableClock();

  @Test
  void pendingUntilApprovedThenTokensOnce() {
    var requests = requests();
    BackchannelRequest request = requests.ask(ask(Duration.ofMinutes(5)));
    clock.advance(INTERVAL);
    assertThat(requests.poll(CLIENT, request.authReqId())).isEqualTo(new PollAnswer.Pending());
    Instant answeredAt = clock.instant();
    assertThat(requests.decide(request.id(), Decision.APPROVED)).isEqualTo(Decided.DONE);
    clock.advance(INTERVAL);
    assertThat(requests.poll(CLIENT, request.authReqId()))
        .isEqualTo(
            new PollAnswer.Approved(request.decided(Decision.APPROVED, answeredAt).exchanged()));
    clock.advance(INTERVAL);
    assertThat(requests.poll(CLIENT, request.authReqId())).isEqualTo(new PollAnswer.Unknown());
  }

  @Test
  void slowDownGrowsWhenPolledBeforeTheIntervalHasPassed() {
    var requests = requests();
    BackchannelRequest request = requests.ask(ask(Duration.ofMinutes(5)));
    clock.advance(INTERVAL.minusMillis(1));
    assertThat(requests.poll(CLIENT, request.authReqId()))
        .isEqualTo(new PollAnswer.SlowDown(Duration.ofSeconds(10)));
    clock.advance(Duration.ofSeconds(10).minusMillis(1));
    assertThat(requests.poll(CLIENT, request.authReqId()))
        .isEqualTo(new PollAnswer.SlowDown(Duration.ofSeconds(15)));
    clock.advance(Duration.ofSeconds(15));
    assertThat(requests.poll(CLIENT, request.authReqId())).isEqualTo(new PollAnswer.Pending());
  }

  @Test
  void endedWhenDenied() {
    var requests = requests();
    BackchannelRequest request = requests.ask(ask(Duration.ofMinutes(5)));
    assertThat(requests.decide(request.id(), Decision.DENIED)).isEqualTo(Decided.DONE);
    clock.advance(INTERVAL);
    assertThat(requests.poll(CLIENT, request.authReqId())).isEqualTo(new PollAnswer.Ended());
  }

  @Test
  void endedAndUndecidableWhenExpired() {
    var requests = requests();
    BackchannelRequest request = requests.ask(ask(Duration.ofSeconds(20)));
    clock.advance(Duration.ofSeconds(20));
    assertThat(requests.poll(CLIENT, request.authReqId())).isEqualTo(new PollAnswer.Ended());
    assertThat(requests.decide(request.id(), Decision.APPROVED)).isEqualTo(Decided.TOO_LATE);
    assertThat(requests.of(TenantUser.ALICE))
        .extracting(PhoneRequest::status)
        .containsExactly(PhoneRequest.Status.EXPIRED);
  }

  @Test
  void unknownWhenAnotherClientPolls() {
    var requests = requests();
    BackchannelRequest request = requests.ask(ask(Duration.ofMinutes(5)));
    clock.advance(INTERVAL);
    assertThat(requests.poll("another", request.authReqId())).isEqualTo(new PollAnswer.Unknown());
  }

  @Test
  void whoHasWaitedLongMayAskMoreSeldom() {
    var requests = requests();
    BackchannelRequest request = requests.ask(ask(Duration.ofHours(2)));
    clock.advance(Duration.ofHours(1));
    requests.poll(CLIENT, request.authReqId());

    clock.advance(Duration.ofMinutes(3));
    assertThat(shown(requests).asking()).isTrue();
    clock.advance(Duration.ofSeconds(6));
    assertThat(shown(requests).asking()).isFalse();
  }

  @Test
  void phoneSeesWhetherItsAnswerHasArrivedAndAnyoneStillAsks() {
    var requests = requests();
    BackchannelRequest request = requests.ask(ask(Duration.ofMinutes(5)));
    clock.advance(INTERVAL.multipliedBy(3).plusSeconds(5));
    assertThat(shown(requests).asking()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(shown(requests).asking()).isFalse();

    requests.poll(CLIENT, request.authReqId());
    assertThat(shown(requests).asking()).isTrue();
    requests.decide(request.id(), Decision.APPROVED);
    assertThat(shown(requests))
        .extracting(PhoneRequest::from, PhoneRequest::decidedAt, PhoneRequest::delivered)
        .containsExactly("127.0.0.1", clock.instant(), false);
    clock.advance(Duration.ofMinutes(1));
    assertThat(shown(requests).asking()).isFalse();
    assertThat(shown(requests()).asking()).as("of one that has just started").isTrue();

    requests.poll(CLIENT, request.authReqId());
    assertThat(shown(requests).delivered()).isTrue();
  }

  private static PhoneRequest shown(BackchannelRequests requests) {
    return requests.of(TenantUser.ALICE).getFirst();
  }

  @Test
  void everythingIsThereAgainWhenRestarted() {
    var before = requests();
    BackchannelRequest pending = before.ask(ask(Duration.ofMinutes(5)));
    BackchannelRequest approved = before.ask(ask(Duration.ofMinutes(5)));
    BackchannelRequest used = before.ask(ask(Duration.ofMinutes(5)));
    Instant answeredAt = clock.instant();
    before.decide(approved.id(), Decision.APPROVED);
    before.decide(used.id(), Decision.APPROVED);
    clock.advance(INTERVAL);
    before.poll(CLIENT, used.authReqId());

    var after = requests();
    assertThat(after.poll(CLIENT, pending.authReqId())).isEqualTo(new PollAnswer.Pending());
    assertThat(after.poll(CLIENT, approved.authReqId()))
        .isEqualTo(
            new PollAnswer.Approved(approved.decided(Decision.APPROVED, answeredAt).exchanged()));
    assertThat(after.poll(CLIENT, used.authReqId())).isEqualTo(new PollAnswer.Unknown());
  }

  @Test
  void forgottenWhenRestartedADayAfterExpiry() {
    requests().ask(ask(Duration.ofMinutes(5)));
    clock.advance(Duration.ofDays(2));
    assertThat(requests().of(TenantUser.ALICE)).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  private BackchannelRequests requests() {
    return new BackchannelRequests(
        new JsonFiles<>(directory, BackchannelRequest.class), INTERVAL, clock);
  }

  private static BackchannelAsk ask(Duration expiry) {
    return new BackchannelAsk(
        CLIENT,
        "127.0.0.1",
        TenantUser.ALICE,
        "openid product:buy",
        "sample-shop-api",
        "Do you want to buy 2 headphones",
        List.of(Map.of("type", "purchase", "qty", 2)),
        expiry);
  }
}
