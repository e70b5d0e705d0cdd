package dev.countersign.devservices.temporal;

import java.time.Instant;
import java.util.Optional;

/**
 * A process that can be told from a later one with the same number.
 *
 * @param pid its number
 * @param startedAt its start, as the operating system tells it
 */
record ProcessId(long pid, Instant startedAt) {
  static ProcessId of(ProcessHandle process) {
    return new ProcessId(process.pid(), startOf(process));
  }

  /** This JVM. */
  static ProcessId own() {
    return of(ProcessHandle.current());
  }

  /** Empty once the process has ended. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startOf(process).equals(startedAt));
  }

  boolean isAlive() {
    return process().isPresent();
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
