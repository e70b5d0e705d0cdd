package dev.countersign.guard;

import dev.countersign.approval.RequestSeal;
import dev.countersign.vault.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link GuardedCallWorkflow}.
 *
 * @param snapshot a {@link Snapshot}, JSON: these very characters are what was frozen
 * @param seal made where it was frozen: nobody else can freeze a call
 * @param request the same for what the user is asked; null: whoever started this froze nothing, and
 *     nobody is asked
 */
public record FrozenCall(String snapshot, Sealed seal, @Nullable RequestSeal request) {

  /** What the user's device is to show. */
  public String message() {
    return Freezer.read(this).message();
  }

  /** Whether a policy has decided that nobody is asked: it is done as soon as a worker can. */
  public boolean runsUnasked() {
    return Freezer.read(this).isUnasked();
  }

  /**
   * The earlier approval that covers it, so that it is done as soon as a worker can; null: none
   * does. Should that have ended meanwhile, the user is asked.
   */
  public @Nullable CoveredBy coveredBy() {
    return Freezer.read(this).coveredBy();
  }

  /** The tool's name. */
  public String tool() {
    return Freezer.read(this).tool();
  }

  /** {@link FrozenArguments}, JSON. */
  public String arguments() {
    return Freezer.read(this).arguments();
  }

  /** The workflow id of the call. */
  public String id() {
    return Freezer.read(this).id();
  }
}
