package dev.countersign.app.signout;

import dev.countersign.workflow.Timers;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Keeps sign-outs until the sessions that they end are over anyway. */
public final class SignOutsWorkflowImpl implements SignOutsWorkflow {
  /** With them a continued run's input and an answer stay below what Temporal takes. */
  static final int MOST = 4_000;

  /** One user's are told apart; more of them become one of all sessions as old as these. */
  static final int MOST_OF_A_USER = 50;

  private static final int LONGEST_DIGEST = 64;

  /** The longest life of a session, and a day. */
  private static final Duration LONGEST = Duration.ofDays(31);

  /** What has ended is forgotten together. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

  /** The newest is the last. */
  private final List<Numbered> signOuts = new ArrayList<>();

  private long last;
  private long floor;
  private long floorUntil;

  /** State is there before {@link #keep} runs: the first signal comes with the start. */
  @WorkflowInit
  public SignOutsWorkflowImpl(@Nullable Kept kept) {
    if (kept != null) {
      signOuts.addAll(kept.signOuts());
      last = kept.last();
      floor = kept.floor();
      floorUntil = kept.floorUntil();
    }
  }

  @Override
  public void keep(@Nullable Kept kept) {
    while (true) {
      long now = now();
      signOuts.removeIf(one -> one.signOut().until() <= now);
      if (floorUntil <= now) {
        floor = 0;
      }
      long next = nextEnd();
      if (next <= now) {
        return;
      }
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.newContinueAsNewStub(SignOutsWorkflow.class)
            .keep(new Kept(List.copyOf(signOuts), last, floor, floorUntil));
      }
      Timers.await(
          Duration.ofSeconds(Math.max(next - now, BETWEEN_LOOKS.toSeconds())),
          "Until the first of them needn't be known any more",
          () -> Workflow.getInfo().isContinueAsNewSuggested());
    }
  }

  private static long now() {
    return WorkflowTime.now().getEpochSecond();
  }

  /** 0: nothing is kept. */
  private long nextEnd() {
    return LongStream.concat(
            signOuts.stream().mapToLong(one -> one.signOut().until()),
            floor == 0 ? LongStream.empty() : LongStream.of(floorUntil))
        .min()
        .orElse(0);
  }

  @Override
  public void signedOut(@Nullable SignOut signOut) {
    long now = now();
    if (signOut == null
        || signOut.until() <= now
        || signOut.until() > now + LONGEST.toSeconds()
        || isTooLong(signOut.digest())
        || isTooLong(signOut.user())) {
      return; // whoever may write to Temporal may send it
    }
    add(signOut);
    if (signOut.user() != null) {
      mergeThoseOf(signOut.user());
    }
    if (signOuts.size() > MOST) {
      endAllAsOldAsTheOldest();
    }
  }

  private static boolean isTooLong(@Nullable String digest) {
    return digest != null && digest.length() > LONGEST_DIGEST;
  }

  private void add(SignOut signOut) {
    SignOut all = signOut;
    for (Numbered before : List.copyOf(signOuts)) {
      if (before.signOut().isLike(signOut)) {
        all = all.and(before.signOut());
        signOuts.remove(before);
      }
    }
    signOuts.add(new Numbered(++last, all));
  }

  /** Nobody fills the list alone, and so ends the logins of others. */
  private void mergeThoseOf(String user) {
    List<Numbered> own =
        signOuts.stream()
            .filter(one -> user.equals(one.signOut().user()))
            .sorted(Comparator.comparingLong(one -> one.signOut().before()))
            .toList();
    if (own.size() > MOST_OF_A_USER) {
      List<Numbered> older = own.subList(0, MOST_OF_A_USER / 2);
      signOuts.removeAll(older);
      older.stream()
          .map(one -> one.signOut().allOf(user))
          .reduce(SignOut::and)
          .ifPresent(this::add);
    }
  }

  /** None is ever forgotten: with the oldest go all logins that are as old. */
  private void endAllAsOldAsTheOldest() {
    Numbered oldest =
        signOuts.stream()
            .min(Comparator.comparingLong(one -> one.signOut().before()))
            .orElseThrow();
    signOuts.remove(oldest);
    floor = Math.max(floor, oldest.signOut().before());
    floorUntil = Math.max(floorUntil, oldest.signOut().until());
  }

  @Override
  public News news(@Nullable String chain, long after) {
    String own = Workflow.getInfo().getFirstExecutionRunId();
    return new News(
        own,
        last,
        floor,
        floorUntil,
        signOuts.stream()
            .filter(one -> !own.equals(chain) || one.number() > after)
            .map(Numbered::signOut)
            .toList());
  }
}
