package dev.countersign.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessLeaseTest {
  private static final byte[] FIRST = {1};
  private static final byte[] SECOND = {2};
  private static final Duration MILLI = Duration.ofMillis(1);

  private final ScriptedServer server = new ScriptedServer();
  private long nanos = Long.MAX_VALUE - 1; // it may overflow
  private Instant wall = Instant.parse("2030-01-01T12:00:00Z");
  private final ProcessLease lease =
      new ProcessLease(server, new Stopwatch(() -> nanos, () -> wall));

  @AfterEach
  void close() {
    lease.close();
  }

  @Test
  void isHeldOnceABeatOfItsTermIsConfirmed() {
    server.answersAtOnce = false;
    lease.begin(FIRST);
    assertThat(lease.isHeld()).isFalse();
    assertThat(lease.term()).isZero();
    server.beats.getFirst().complete(null);
    assertThat(lease.isHeld()).isTrue();
    assertThat(lease.term()).isOne();
  }

  @Test
  void countsFromWhenTheConfirmedBeatWasSent() {
    server.answersAtOnce = false;
    lease.begin(FIRST);
    pass(LeaseOptions.BEAT);
    server.beats.getFirst().complete(null);
    pass(LeaseOptions.HELD.minus(LeaseOptions.BEAT).minus(MILLI));
    assertThat(lease.isHeld()).isTrue();
    pass(MILLI);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void tellsHowLongAgoABeatWasConfirmed() {
    assertThat(lease.sinceLastBeat()).isNull();
    lease.begin(FIRST);
    assertThat(lease.sinceLastBeat()).isEqualTo(Duration.ZERO);
    server.answersAtOnce = false;
    pass(LeaseOptions.BEAT);
    lease.tick();
    pass(MILLI);

    assertThat(lease.sinceLastBeat()).isEqualTo(LeaseOptions.BEAT.plus(MILLI));
    server.beats.getLast().complete(null);
    assertThat(lease.sinceLastBeat()).isEqualTo(MILLI);
  }

  @Test
  void goesOnInItsTermWhenBeatsAreConfirmedLate() {
    lease.begin(FIRST);
    server.answersAtOnce = false;
    pass(LeaseOptions.BEAT);
    lease.tick();
    pass(LeaseOptions.HELD.minus(LeaseOptions.BEAT));
    assertThat(lease.isHeld()).isFalse();
    server.beats.getLast().complete(null);
    assertThat(lease.isHeld()).isTrue();
    assertThat(lease.term()).isOne();
  }

  @Test
  void outlivesBeatsThatFail() {
    lease.begin(FIRST);
    server.answersAtOnce = false;
    lease.tick();
    server.beats.getLast().completeExceptionally(new IllegalStateException("unavailable"));
    assertThat(lease.isHeld()).isTrue();
    assertThat(server.wishes).isZero();
  }

  @Test
  void wantsANewTermWhenTheServerHasLetItLapse() {
    lease.begin(FIRST);
    server.answersAtOnce = false;
    lease.tick();
    server
        .beats
        .getLast()
        .completeExceptionally(new ConfirmedHeartbeat.GoneException(new IllegalStateException()));
    assertThat(lease.isHeld()).isFalse();
    lease.tick();
    assertThat(server.wishes).isOne();
    server.answersAtOnce = true;
    lease.begin(SECOND);
    assertThat(lease.isHeld()).isTrue();
    assertThat(lease.term()).isEqualTo(2);
  }

  /** A connection may be dead in one direction only: the server hears, and says nothing. */
  @Test
  void takesANewConnectionAndTermWhenNothingIsConfirmed() {
    lease.begin(FIRST);
    server.answersAtOnce = false;
    int beats = 0;
    while (server.reconnections == 0) {
      assertThat(beats++).isLessThan(10);
      pass(LeaseOptions.BEAT);
      lease.tick();
    }
    assertThat(lease.isHeld()).isFalse();
    int sent = server.beats.size();
    lease.tick();
    assertThat(server.wishes).isOne();
    assertThat(server.beats).as("the old term ends by itself").hasSize(sent);
    server.beats.getLast().complete(null); // late
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void wantsAgainWhatItWasRefusedOrDidNotGet() {
    server.isAway = true;
    lease.tick();
    lease.tick();
    assertThat(server.wishes).isEqualTo(2);
    server.isAway = false;
    lease.tick();
    lease.tick();
    assertThat(server.wishes).isEqualTo(3);
    pass(Duration.ofSeconds(3));
    lease.tick();
    assertThat(server.wishes).isEqualTo(4);
  }

  @Test
  void remembersALapseButNotTheTimeBeforeTheFirstTerm() {
    assertThat(lease.hasLapsedWithin(Duration.ofSeconds(30))).isFalse();
    lease.begin(FIRST);
    pass(LeaseOptions.HELD.minus(MILLI));
    lease.tick();
    assertThat(lease.hasLapsedWithin(Duration.ofSeconds(30))).isFalse();
    pass(LeaseOptions.HELD);
    assertThat(lease.hasLapsedWithin(Duration.ofSeconds(30))).isTrue();
    lease.tick();
    lease.begin(SECOND);
    assertThat(lease.hasLapsedWithin(Duration.ofSeconds(30))).isTrue();
    lease.tick();
    for (int second = 0; second < 30; second++) {
      pass(Duration.ofSeconds(1));
      lease.tick();
    }
    assertThat(lease.hasLapsedWithin(Duration.ofSeconds(30))).isFalse();
  }

  /** The monotonic clock stands still while a virtual machine is suspended. */
  @Test
  void isNotHeldAfterTheMachineWasSuspended() {
    lease.begin(FIRST);
    wall = wall.plusSeconds(60);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void isStillHeldWhenTheWallClockIsSetBack() {
    lease.begin(FIRST);
    wall = wall.minusSeconds(60);
    pass(LeaseOptions.HELD.minus(MILLI));
    assertThat(lease.isHeld()).isTrue();
    pass(MILLI);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void isGivenBackAtTheEnd() {
    lease.begin(FIRST);
    lease.close();
    assertThat(server.givenBack).containsExactly(FIRST);
    assertThat(lease.isHeld()).isFalse();
    lease.tick();
    assertThat(server.wishes).isZero();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    wall = wall.plus(time);
  }
}
