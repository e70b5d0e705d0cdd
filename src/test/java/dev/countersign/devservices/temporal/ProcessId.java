package dev.countersign.devservices.temporal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that can be told from a later one with the same number.
 *
 * @param pid its number
 * @param startedAt its start, as the operating system tells it
 */
record ProcessId(long pid, Instant startedAt) {
  private static final Duration POLITE = Duration.ofSeconds(10);

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

  /** Asks the process to end, and ends it when it hasn't within 10 s. */
  void stop() {
    process()
        .ifPresent(process -> {
          process.destroy();
          if (!hasEnded(process)) {
            kill();
          }
        });
  }

  /** Ends it at once, as a crash would, and waits until it is gone. */
  void kill() {
    process()
        .ifPresent(process -> {
          process.destroyForcibly();
          if (!hasEnded(process)) {
            throw new IllegalStateException("Process " + pid + " survives SIGKILL");
          }
        });
  }

  private static boolean hasEnded(ProcessHandle process) {
    try {
      process.onExit().get(POLITE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Waiting for process " + process.pid() + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
