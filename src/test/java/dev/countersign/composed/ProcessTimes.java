package dev.countersign.composed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Processor times as Linux tells them ({@code proc_pid_stat(5)}). */
final class ProcessTimes {
  private static final long TICKS_A_SECOND = 100; // USER_HZ
  private static final int USER_TIME = 11; // counted after the name, which may have blanks
  private static final int OWN = 2; // user and system
  private static final int WITH_CHILDREN = 4; // and both of children that were waited for

  private ProcessTimes() {}

  /** Of a process and its children, with those that have ended. */
  static Duration ofTree(ProcessHandle process) {
    // in this order one that ends meanwhile counts once too little, not twice
    Duration all = of(process.pid(), WITH_CHILDREN);
    return process.children().map(child -> of(child.pid(), OWN)).reduce(all, Duration::plus);
  }

  private static Duration of(long pid, int times) {
    try {
      String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
      List<String> fields =
          Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" "))
              .subList(USER_TIME, USER_TIME + times);
      long ticks = fields.stream().mapToLong(Long::parseLong).sum();
      return Duration.ofMillis(ticks * 1_000 / TICKS_A_SECOND);
    } catch (IOException _) {
      return Duration.ZERO; // it has just ended
    }
  }
}
