package dev.countersign.app.signout;

import dev.countersign.app.signout.SignOut.What;
import dev.countersign.app.signout.SignOutsWorkflow.News;
import dev.countersign.schedule.PeriodicTask;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The sign-outs that count, in memory. One made here is known here at once, and to the others when
 * they ask next, which each does every 2 s: within 10 s, as long as Temporal answers. What can't be
 * told to them yet is told as soon as it can. Thread-safe.
 */
public final class SignOuts implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(SignOuts.class);

  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

  /** A worker that has died, or a busy server, must not keep people out. */
  private static final Duration CURRENT_FOR = Duration.ofSeconds(30);

  /** After a crash the first question waits for the dead worker, and another one may be needed. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

  /** Temporal answers sooner where it is there, and holds up no stop where it isn't. */
  private static final Duration LAST_WORD = Duration.ofSeconds(3);

  private final SignOutLog shared;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Map<Ended, SignOut> known = new ConcurrentHashMap<>();
  private final Queue<SignOut> untold = new ConcurrentLinkedQueue<>();
  private final PeriodicTask questions =
      new PeriodicTask("sign-outs", BETWEEN_QUESTIONS, this::refresh);
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile long floor;
  private long floorUntil;
  private volatile boolean asked;
  private volatile long askedAt;
  private volatile long startedAt;
  private volatile boolean running;
  private @Nullable String chain;
  private long last;
  private boolean reported;

  private record Ended(What what, String digest) {}

  /**
   * None is known yet.
   *
   * @param shared with the other processes
   * @param clock the provider's
   */
  public SignOuts(SignOutLog shared, InstantSource clock) {
    this(shared, clock, System::nanoTime);
  }

  SignOuts(SignOutLog shared, InstantSource clock, LongSupplier nanoTime) {
    this.shared = shared;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Whether it was heard less than 30 s ago who has signed out elsewhere. Waits for the first
   * answer until 10 s after the start, however many questions it takes: the web server takes
   * requests a moment before this starts to ask, and while Temporal is away nobody waits later.
   */
  public boolean isCurrent() {
    if (!asked) {
      awaitFirstAnswer();
    }
    return asked && nanoTime.getAsLong() - askedAt <= CURRENT_FOR.toNanos();
  }

  private void awaitFirstAnswer() {
    long waited = running ? nanoTime.getAsLong() - startedAt : 0;
    try {
      var _ = answered.await(FIRST_ANSWER.toNanos() - waited, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a session was ended, as far as is known here. */
  public boolean haveEnded(SignedIn session) {
    return session.since() <= floor
        || isEnded(What.SESSION, session.session(), session)
        || isEnded(What.PROVIDER_SESSION, session.providerSession(), session)
        || (session.providerSession() == null && isEnded(What.UNNAMED, session.user(), session))
        || isEnded(What.USER, session.user(), session);
  }

  private boolean isEnded(What what, @Nullable String digest, SignedIn session) {
    SignOut signOut = digest == null ? null : known.get(new Ended(what, digest));
    return signOut != null && session.since() <= signOut.before();
  }

  /**
   * Ends sessions: here at once.
   *
   * @throws RuntimeException if the others can't be told right now; they are later
   */
  public void add(SignOut signOut) {
    learn(signOut);
    untold.add(signOut);
    tell();
  }

  private synchronized void tell() {
    for (SignOut next = untold.peek(); next != null; next = untold.peek()) {
      shared.add(next);
      untold.remove();
    }
  }

  /** Tells the others, and hears of them; never throws. */
  void refresh() {
    try {
      tell();
      hear();
      askedAt = nanoTime.getAsLong();
      asked = true;
      answered.countDown();
      reported = false;
    } catch (RuntimeException e) {
      if (!reported) {
        log.warn("It can't be found out right now who has signed out elsewhere: {}", e.toString());
        reported = true;
      }
    }
    long now = clock.instant().getEpochSecond();
    known.values().removeIf(signOut -> signOut.until() <= now);
  }

  private void hear() {
    News news = shared.news(chain, last);
    news.signOuts().forEach(this::learn);
    // another workflow knows nothing of the one before
    if (news.floor() >= floor || floorUntil <= clock.instant().getEpochSecond()) {
      floor = news.floor();
      floorUntil = news.floorUntil();
    }
    chain = news.chain();
    last = news.last();
  }

  private void learn(SignOut signOut) {
    known.merge(new Ended(signOut.what(), signOut.digest()), signOut, SignOut::and);
  }

  @Override
  public void start() {
    startedAt = nanoTime.getAsLong();
    running = true;
    var _ = questions.startNow();
  }

  @Override
  public void stop() {
    running = false;
    answered.countDown();
    questions.close();
    tellTheLast();
  }

  /** Who has signed out here isn't to be let in elsewhere because this process ends. */
  private void tellTheLast() {
    if (untold.isEmpty()) {
      return;
    }
    Thread telling = Thread.ofVirtual().name("last-sign-outs").start(this::tryToTell);
    try {
      if (!telling.join(LAST_WORD)) {
        telling.interrupt();
      }
    } catch (InterruptedException e) {
      telling.interrupt();
      Thread.currentThread().interrupt();
    }
    if (!untold.isEmpty()) {
      log.error(
          "Sign-outs that other processes never learn of, since this one ends and Temporal can't be"
              + " told: {}",
          untold.size());
    }
  }

  private void tryToTell() {
    try {
      tell();
    } catch (RuntimeException e) {
      log.debug("The last sign-outs can't be told", e);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Stops once requests have come to their ends ({@code DEFAULT_PHASE - 1024} of Boot's), since
   * some of them may sign out, and before the workers do, which answer its questions.
   */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1_100;
  }
}
