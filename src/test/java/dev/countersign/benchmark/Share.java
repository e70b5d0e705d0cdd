package dev.countersign.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A share of the processor that one process may not exceed, by a control group of Linux. Only root
 * may make one.
 */
final class Share implements AutoCloseable {
  private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpu");
  private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");
  private static final int PERIOD_MICROS = 20_000;

  private final Path group;
  private final ProcessHandle process;

  private Share(Path group, ProcessHandle process) {
    this.group = group;
    this.process = process;
  }

  /** Whether this machine and this user can. */
  static boolean possible() {
    return Files.isWritable(root()) && Files.isWritable(root().resolve("cgroup.procs"));
  }

  private static boolean isVersion1() {
    return Files.exists(VERSION_1.resolve("cpu.cfs_quota_us"));
  }

  private static Path root() {
    return isVersion1() ? VERSION_1 : VERSION_2;
  }

  /** From now on the process gets no more than so much of a core. */
  static Share of(double cores, ProcessHandle process) {
    long quota = Math.round(cores * PERIOD_MICROS);
    Path group = root().resolve("countersign-" + process.pid());
    try {
      if (!isVersion1()) {
        Files.writeString(root().resolve("cgroup.subtree_control"), "+cpu");
      }
      Files.createDirectory(group);
      if (isVersion1()) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), "" + PERIOD_MICROS);
        Files.writeString(group.resolve("cpu.cfs_quota_us"), "" + quota);
      } else {
        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      }
      Files.writeString(group.resolve("cgroup.procs"), "" + process.pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Share(group, process);
  }

  /** Lets the process have what it can get again. */
  @Override
  public void close() {
    try {
      Files.writeString(root().resolve("cgroup.procs"), "" + process.pid());
      Files.delete(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
