package dev.countersign.guard;

import java.util.Optional;

/** Says who is asked to approve a call that is made right now, on the thread that makes it. */
@FunctionalInterface
public interface ApproverResolver {
  /** The user; empty: nobody is signed in, and the call is refused. */
  Optional<CallUser> current();

  /**
   * The user.
   *
   * @throws CallNotDoneException if nobody is signed in
   */
  default CallUser required() {
    return current()
        .orElseThrow(() ->
            new CallNotDoneException(
                "Nobody is signed in who could approve this, so that nothing was done."));
  }
}
