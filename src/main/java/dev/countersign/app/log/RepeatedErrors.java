package dev.countersign.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Counts exceptions that requests cause again and again, instead of writing them: the first is
 * written in full, and then, once a minute, a line with how many more came. Equal are those of one
 * kind, from one place in the code, by one logger. After ten minutes without any the next is a
 * first one again: by then the log may have lost what was written of the one before.
 *
 * <p>That Temporal doesn't answer, each of the SDK's pollers finds out again and again: that is a
 * line without a stack trace, and then the count, for all together; and likewise that whoever takes
 * traces doesn't. Whatever else is written as ever.
 */
final class RepeatedErrors extends TurboFilter {
  private static final int MOST_KINDS = 1_000;
  private static final int FIRST = -1;
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration QUIET = Duration.ofMinutes(10);

  /** Who logs what became of a request. */
  private static final List<String> ABOUT_REQUESTS =
      List.of(
          "dev.countersign.app.api.",
          "org.apache.catalina.",
          "org.apache.coyote.",
          "org.springframework.boot.web.",
          "org.springframework.security.",
          "org.springframework.web.");

  private static final String TEMPORAL = "io.temporal.";
  private static final String TRACES = "io.opentelemetry.";

  /** Whoever calls a method of the JDK wrongly is the place, not that method. */
  private static final String OURS = "dev.countersign.";

  /** The server, or what is between, is away, busy or going down. */
  private static final Set<Status.Code> AWAY =
      EnumSet.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.CANCELLED);

  /** What makes two the same. */
  record Kind(String logger, Level level, Class<?> thrown, @Nullable Object where) {}

  private static final class Count {
    private long since;
    private long last;
    private int more;
  }

  private final InstantSource clock;

  @SuppressWarnings("serial") // nobody stores it
  private final Map<Kind, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Count> eldest) {
          return size() > MOST_KINDS;
        }
      };

  RepeatedErrors(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    Throwable last = thrown == null ? lastOf(arguments) : thrown;
    if (format == null || last == null || !level.isGreaterOrEqual(Level.WARN)) {
      return FilterReply.NEUTRAL;
    }
    Status.Code away = away(logger, last);
    if (away != null) {
      return decideAway(logger, level, format, arguments, away);
    }
    if (logger.getName().startsWith(TRACES) && last instanceof IOException) {
      return decideUntaken(logger, level, format, arguments);
    }
    if (!isAboutRequests(logger)) {
      return FilterReply.NEUTRAL;
    }
    Kind kind = new Kind(logger.getName(), level, last.getClass(), where(last));
    int more = count(kind);
    if (more > 0) {
      // the message alone: its place in the code was written with the first
      write(logger, level, "{}, {} more times: {}", format, more, last.getClass().getName());
    }
    return more == FIRST ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  private FilterReply decideAway(
      Logger logger, Level level, String format, Object @Nullable [] arguments, Status.Code code) {
    int more = count(new Kind(TEMPORAL, level, StatusRuntimeException.class, code));
    if (more == FIRST) {
      String message = MessageFormatter.arrayFormat(format, arguments).getMessage();
      write(logger, level, "{}: {}", message, code);
    } else if (more > 0) {
      write(logger, level, "Temporal: {}, {} more times", code, more);
    }
    return FilterReply.DENY;
  }

  private FilterReply decideUntaken(
      Logger logger, Level level, String format, Object @Nullable [] arguments) {
    int more = count(new Kind(TRACES, level, IOException.class, null));
    if (more == FIRST) {
      write(logger, level, "{}", MessageFormatter.arrayFormat(format, arguments).getMessage());
    } else if (more > 0) {
      write(logger, level, "Traces could not be sent, {} more times", more);
    }
    return FilterReply.DENY;
  }

  private static Status.@Nullable Code away(Logger logger, Throwable thrown) {
    return logger.getName().startsWith(TEMPORAL)
            && thrown instanceof StatusRuntimeException failure
            && AWAY.contains(failure.getStatus().getCode())
        ? failure.getStatus().getCode()
        : null;
  }

  private static void write(Logger logger, Level level, String format, Object... arguments) {
    logger.log(
        null,
        RepeatedErrors.class.getName(),
        Level.toLocationAwareLoggerInteger(level),
        format,
        arguments,
        null);
  }

  private synchronized int count(Kind kind) {
    long now = clock.millis();
    Count count = counts.get(kind);
    if (count == null || now - count.last > QUIET.toMillis()) {
      count = new Count();
      count.since = now;
      count.last = now;
      counts.put(kind, count);
      return FIRST;
    }
    count.last = now;
    count.more++;
    if (now - count.since < PAUSE.toMillis()) {
      return 0;
    }
    int more = count.more;
    count.since = now;
    count.more = 0;
    return more;
  }

  private static boolean isAboutRequests(Logger logger) {
    return ABOUT_REQUESTS.stream().anyMatch(logger.getName()::startsWith);
  }

  private static @Nullable Throwable lastOf(Object @Nullable [] arguments) {
    return arguments != null
            && arguments.length > 0
            && arguments[arguments.length - 1] instanceof Throwable thrown
        ? thrown
        : null;
  }

  private static @Nullable StackTraceElement where(Throwable thrown) {
    StackTraceElement[] frames = thrown.getStackTrace();
    return Stream.of(frames)
        .filter(frame -> frame.getClassName().startsWith(OURS))
        .findFirst()
        .orElse(frames.length == 0 ? null : frames[0]);
  }
}
