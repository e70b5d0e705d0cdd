package dev.countersign.guard;

import dev.countersign.client.SideBySide;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of a list: one that can't be shown is no reason to show none. */
final class ShownCalls {
  private static final Logger log = LoggerFactory.getLogger(ShownCalls.class);

  private ShownCalls() {}

  /**
   * Looks at them side by side, and leaves out those that aren't there or can't be shown.
   *
   * @param id of a call
   * @param look must end by itself in bounded time
   */
  static <T> List<CallState> look(
      List<T> calls, Function<T, String> id, Function<T, Optional<CallState>> look) {
    return SideBySide.look(calls, call -> orLog(call, id, look)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static <T> Optional<CallState> orLog(
      T call, Function<T, String> id, Function<T, Optional<CallState>> look) {
    try {
      return look.apply(call);
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw e; // the server's fault: the others can't be known either
    } catch (RuntimeException e) {
      log.error("{} can't be shown", id.apply(call), e);
      return Optional.empty();
    }
  }
}
