package dev.countersign.app.call;

import com.google.protobuf.ByteString;
import dev.countersign.app.api.Caller;
import dev.countersign.guard.CallFilter;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.ToolRegistry;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The calls of a caller: another user's can't be named. */
@Component
public class Calls {
  private static final int PAGE_SIZE = 20;
  private static final CallFilter GO_ON =
      new CallFilter(
          null, Set.of(CallStatus.REQUESTED, CallStatus.AWAITING_APPROVAL, CallStatus.RUNNING));

  /** So many are asked where they stand for one request. */
  private static final int MOST_OPEN = 100;

  /** So many of the newest are looked through for the oldest. */
  private static final int MOST_LISTED = 1_000;

  private final GuardedCalls calls;
  private final ToolRegistry tools;

  /**
   * A view of these calls.
   *
   * @param tools say in which order a tool's arguments are shown
   */
  public Calls(GuardedCalls calls, ToolRegistry tools) {
    this.calls = calls;
    this.tools = tools;
  }

  /**
   * Some of the caller's calls.
   *
   * @param next where the next page starts; null: there is none
   */
  record Page(List<CallView> calls, @Nullable ByteString next) {}

  /** Where one of the caller's calls stands, as far as that can be known; empty: there is none. */
  public Optional<CallView> find(Caller caller, String id) {
    return calls.find(caller.sub(), id).map(this::view);
  }

  /**
   * Where those of the caller's calls stand that are there, in the order of their ids; one that
   * can't be shown at all is left out.
   */
  public List<CallView> find(Caller caller, List<String> ids) {
    return calls.find(caller.sub(), ids).stream().map(this::view).toList();
  }

  /**
   * The caller's calls, a page at a time: first those that go on, then by their end.
   *
   * @param from start of the page; null: the first
   */
  Page list(Caller caller, CallFilter filter, @Nullable ByteString from) {
    GuardedCalls.Page page = calls.list(caller.sub(), filter, PAGE_SIZE, from);
    return new Page(page.calls().stream().map(this::view).toList(), page.next());
  }

  /** What goes on of the caller's: the oldest 100. */
  OpenCalls open(Caller caller) {
    GuardedCalls.Oldest oldest = calls.oldest(caller.sub(), GO_ON, MOST_OPEN, MOST_LISTED);
    int waiting = (int) oldest.calls().stream().filter(CallState::waits).count();
    return new OpenCalls(oldest.calls().stream().map(this::view).toList(), waiting, oldest.more());
  }

  /**
   * Takes one of the caller's calls back; again: the same answer. Empty: there is none of that id.
   *
   * @throws TooLateToCancelException if it is being done or has ended otherwise
   */
  Optional<CallView> cancel(Caller caller, String id) {
    Optional<CallState> state = calls.cancel(caller.sub(), id);
    CallStatus status = state.map(CallState::status).orElse(CallStatus.CANCELLED);
    if (status != CallStatus.CANCELLED) { // an earlier run may have done it
      throw new TooLateToCancelException(status);
    }
    return state.map(this::view);
  }

  /** A call as the API shows it. */
  public CallView view(CallState call) {
    return CallView.of(
        call,
        tools.method(call.tool()).stream()
            .flatMap(method -> Arrays.stream(method.method().getParameters()))
            .map(Parameter::getName)
            .toList());
  }
}
