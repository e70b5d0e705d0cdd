package dev.countersign.app.signout;

import dev.countersign.app.signout.SignOutsWorkflow.News;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What processes share, without Temporal. */
public final class SharedSignOuts implements SignOutLog {
  private final List<SignOut> added = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile String chain = "first";
  private volatile long floor;
  private volatile long floorUntil;

  /** From now on nobody answers, or somebody does. */
  public void setAway(boolean away) {
    this.away = away;
  }

  /** Forgets all, as when an operator has ended the workflow. */
  public void beginAnew() {
    chain = "second";
    added.clear();
    floor = 0;
    floorUntil = 0;
  }

  /** Logins up to a time end, with one who signed out. */
  public void endAll(long floor, long until) {
    this.floor = floor;
    floorUntil = until;
  }

  /** What was written. */
  public List<SignOut> added() {
    return List.copyOf(added);
  }

  @Override
  public void add(SignOut signOut) {
    answer();
    added.add(signOut);
  }

  @Override
  public News news(@Nullable String chain, long after) {
    answer();
    List<SignOut> all = List.copyOf(added);
    int from = this.chain.equals(chain) ? (int) after : 0;
    return new News(this.chain, all.size(), floor, floorUntil, all.subList(from, all.size()));
  }

  private void answer() {
    if (away) {
      throw new IllegalStateException("Nobody answers");
    }
  }
}
