package dev.countersign.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Java process uses, asked by the JDK's own {@code jcmd}; Linux only. */
public record JavaProcess(ProcessHandle process) {
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern WRITES = Pattern.compile("syscw: (\\d+)");
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

  /** Processor time since its start. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Memory that it has in RAM. */
  public long residentBytes() {
    return status(RESIDENT) * 1024;
  }

  /** How often it has written to a file or a connection. */
  public long writes() {
    try {
      return number(WRITES, Files.readString(Path.of("/proc", "" + process.pid(), "io")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many threads of the operating system it has. */
  public long platformThreads() {
    return status(THREADS);
  }

  /** How many virtual threads with such names there are. */
  public long virtualThreads(String prefix) {
    try {
      Path dump = Files.createTempDirectory("countersign-threads").resolve("threads.txt");
      jcmd("Thread.dump_to_file", dump.toString());
      Pattern thread = Pattern.compile("^#\\d+ \"" + Pattern.quote(prefix) + ".*virtual.*");
      long count =
          Files.readAllLines(dump).stream().filter(line -> thread.matcher(line).matches()).count();
      Files.delete(dump);
      Files.delete(dump.getParent());
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its heap holds, once it has been collected. */
  public long heapBytesAfterCollection() {
    jcmd("GC.run");
    return number(USED, jcmd("GC.heap_info")) * 1024;
  }

  private long status(Pattern line) {
    try {
      return number(line, Files.readString(Path.of("/proc", "" + process.pid(), "status")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("No " + pattern + " in " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  private String jcmd(String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(JCMD.toString(), "" + process.pid());
      builder.command().addAll(List.of(command));
      Process jcmd = builder.redirectErrorStream(true).start();
      return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
