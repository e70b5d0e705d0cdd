package dev.countersign.app.operator;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.ProblemException;
import dev.countersign.app.call.Calls;
import dev.countersign.app.call.Cursors;
import dev.countersign.app.receipt.Receipts;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.guard.CallFilter;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.OperatedCalls;
import dev.countersign.guard.UserDigest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calls of all users, for operators, whom {@link OperatorsOnly} has let in. Each act is
 * audited. There is none that approves: that is the user's alone.
 */
@RestController
@RequestMapping(OperatorsOnly.PATHS + "/calls")
class OperatorController {
  private static final String LIST = "operated calls";
  private static final int PAGE_SIZE = 20;

  private final OperatedCalls calls;
  private final Calls views;
  private final Receipts receipts;
  private final Cursors cursors;
  private final UserDigest users;

  OperatorController(
      OperatedCalls calls, Calls views, Receipts receipts, Cursors cursors, UserDigest users) {
    this.calls = calls;
    this.views = views;
    this.receipts = receipts;
    this.cursors = cursors;
    this.users = users;
  }

  /**
   * One page of a list.
   *
   * @param cursor what to send as {@code cursor} for the next page; null: there is none
   */
  record OperatorCallList(List<OperatorCall> calls, @Nullable String cursor) {}

  @GetMapping
  OperatorCallList list(
      Caller operator,
      @RequestParam(required = false) @Size(min = 1, message = "must be one that there is")
          @Nullable Set<@NotNull(message = "must be one that there is") CallStatus> status,
      @RequestParam(required = false)
          @Pattern(regexp = "[A-Za-z0-9_]{1,40}", message = "must be the name of a tool")
          @Nullable String tool,
      @RequestParam(required = false)
          @Pattern(regexp = "[0-9a-f]{32}", message = "must be 32 hexadecimal digits")
          @Nullable String user,
      @RequestParam(required = false) @Nullable String cursor) {
    CallFilter filter = new CallFilter(tool, status == null ? Set.of() : status);
    GuardedCalls.Page page =
        calls.list(user, filter, PAGE_SIZE, cursors.start(operator, LIST, cursor));
    AuditEntry entry = act(operator, "list").outcome("shown");
    (user == null ? entry : entry.user(user)).write();
    return new OperatorCallList(
        page.calls().stream().map(this::view).toList(), cursors.next(operator, LIST, page.next()));
  }

  @GetMapping("/{id}")
  OperatorCall show(Caller operator, @PathVariable String id) {
    return view(there(operator, "show", id, calls.find(id)));
  }

  @GetMapping(path = "/{id}/receipt", produces = "application/jwt")
  ResponseEntity<String> receipt(Caller operator, @PathVariable String id) {
    there(operator, "receipt", id, calls.find(id));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(receipts.of(id, calls.evidence(id)));
  }

  @PostMapping("/{id}/cancel")
  OperatorCall cancel(Caller operator, @PathVariable String id) {
    CallState state =
        there(operator, "cancel", id, tried(operator, "cancel", id, () -> calls.cancel(id)));
    if (state.status() != CallStatus.CANCELLED) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "It is too late to cancel " + id + ": it is " + state.status() + ".");
    }
    return view(state);
  }

  /** Counts a moment later; the call's status says when. */
  @PostMapping(path = "/{id}/settle", produces = MediaType.APPLICATION_JSON_VALUE)
  OperatorCall settle(
      Caller operator, @PathVariable String id, @Valid @RequestBody Settlement settlement) {
    Optional<OperatedCalls.Settling> settling =
        tried(operator, "settle", id, () -> calls.settle(id, settlement.told()));
    CallState before = there(operator, "settle", id, settling.map(OperatedCalls.Settling::before));
    if (!settling.map(OperatedCalls.Settling::told).orElse(false)) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "There is nothing to settle, or not any more: " + id + " is " + before.status() + ".");
    }
    return view(before);
  }

  /** What fails may have counted all the same. */
  private <T> T tried(Caller operator, String act, String id, Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (RuntimeException e) {
      AuditEntry entry = act(operator, act).outcome("unclear");
      (OperatedCalls.user(id).isPresent() ? entry.call(id) : entry).write();
      throw e;
    }
  }

  private CallState there(Caller operator, String act, String id, Optional<CallState> state) {
    // what isn't there is no id of ours: nothing that somebody typed gets into the log
    AuditEntry entry = act(operator, act);
    state
        .map(call -> entry.call(id).outcome(call.status().name().toLowerCase(Locale.ROOT)))
        .orElseGet(() -> entry.outcome("not_found"))
        .write();
    return state.orElseThrow(
        () -> new ProblemException(HttpStatus.NOT_FOUND, "There is no such call."));
  }

  private AuditEntry act(Caller operator, String act) {
    return AuditEntry.of(AuditEvent.OPERATOR_ACT).operator(users.of(operator.sub()), act);
  }

  private OperatorCall view(CallState call) {
    return new OperatorCall(OperatedCalls.user(call.id()).orElse(""), views.view(call));
  }
}
