package dev.countersign.app.operator;

import dev.countersign.guard.CallSettlement;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has found out of a call whose outcome is unknown.
 *
 * @param done whether it was done
 * @param words how they know, for the user; null: not said
 */
record Settlement(@NotNull Boolean done, @Size(max = 300) @Nullable String words) {
  CallSettlement told() {
    return new CallSettlement(done, words);
  }

  /** Shows nothing that a person says: Spring logs this at DEBUG. */
  @Override
  public String toString() {
    return "Settlement[done=" + done + "]";
  }
}
