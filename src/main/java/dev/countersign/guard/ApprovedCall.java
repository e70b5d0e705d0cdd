package dev.countersign.guard;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The approval under which a guarded method runs: there only within that method, on its own thread,
 * and only after a yes. Another thread sees none; take from it what the thread needs before it
 * starts.
 *
 * @param token the access token that the approval has yielded, a secret; null: a policy has let the
 *     call run without an approval
 * @param idempotencyKey the same for each attempt to run this call, and for no other call: for an
 *     {@code Idempotency-Key} header
 * @param user the {@code sub} of the user in whose name it runs, who has approved it if there is a
 *     token
 * @param authorizationDetails what was granted with the token (RFC 9396), JSON; null: none
 * @param approvedAt when the approval arrived; without a token, when the call began to run
 * @param attempt 1 for the first time that this call is run, and one more each time
 */
public record ApprovedCall(
    @Nullable String token,
    String idempotencyKey,
    String user,
    @Nullable String authorizationDetails,
    Instant approvedAt,
    int attempt) {
  private static final ScopedValue<ApprovedCall> CURRENT = ScopedValue.newInstance();

  /**
   * The approval of the guarded method that runs on this thread.
   *
   * @throws IllegalStateException if none does
   */
  public static ApprovedCall current() {
    if (!CURRENT.isBound()) {
      throw new IllegalStateException(
          "There is no approval here: ApprovedCall.current() works within a guarded method, while it"
              + " runs after a yes, and on its own thread only.");
    }
    return CURRENT.get();
  }

  /**
   * The same for code that runs within guarded methods and elsewhere, such as what makes the
   * headers of all requests of a client.
   *
   * @return empty: none runs on this thread
   */
  public static Optional<ApprovedCall> currentIfAny() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Runs a guarded method under this approval. */
  @Nullable Object run(Invocation method, @Nullable Object[] arguments) throws Throwable {
    return ScopedValue.where(CURRENT, this).call(() -> method.run(arguments));
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "ApprovedCall[idempotencyKey=" + idempotencyKey + ", approvedAt=" + approvedAt + "]";
  }
}
