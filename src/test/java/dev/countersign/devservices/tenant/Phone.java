package dev.countersign.devservices.tenant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A user's phone, in the hand of a test: what it shows is waited for, and then decided. */
public final class Phone {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final IdentityTenant tenant;
  private final String user;

  Phone(IdentityTenant tenant, String user) {
    this.tenant = tenant;
    this.user = user;
  }

  /** All that it has shown, newest first: its size is the number of times that it rang. */
  public List<PhoneRequest> requests() {
    return tenant.pushes(user);
  }

  /**
   * Says yes, as soon as it asks.
   *
   * @param message what it shows
   * @return what was approved
   * @throws AssertionError if it hasn't asked that within a minute, or the time to say yes has
   *     ended
   */
  public PhoneRequest approve(String message) {
    return decided(awaitPending(message), tenant::approve);
  }

  /**
   * Says no, as soon as it asks.
   *
   * @param message what it shows
   * @return what was denied
   * @throws AssertionError if it hasn't asked that within a minute, or the time to say no has ended
   */
  public PhoneRequest deny(String message) {
    return decided(awaitPending(message), tenant::deny);
  }

  private PhoneRequest decided(PhoneRequest asked, Predicate<String> press) {
    if (!press.test(asked.id())) {
      throw new AssertionError(
          "\"%s\" was asked until %s: too late"
              .formatted(asked.bindingMessage(), asked.expiresAt()));
    }
    return requests().stream()
        .filter(request -> request.id().equals(asked.id()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Waits until it asks.
   *
   * @param message what it shows
   * @return the newest question of these words that waits for an answer
   * @throws AssertionError if it hasn't asked that within a minute
   */
  public PhoneRequest awaitPending(String message) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      Optional<PhoneRequest> asked = pending(message);
      if (asked.isPresent()) {
        return asked.get();
      }
      if (Instant.now().isAfter(deadline) || Thread.currentThread().isInterrupted()) {
        throw new AssertionError(
            "%s's phone doesn't ask \"%s\". It has shown: %s"
                .formatted(
                    user, message, requests().stream().map(PhoneRequest::bindingMessage).toList()));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private Optional<PhoneRequest> pending(String message) {
    return requests().stream()
        .filter(request -> request.status() == PhoneRequest.Status.PENDING)
        .filter(request -> request.bindingMessage().equals(message))
        .findFirst();
  }
}
