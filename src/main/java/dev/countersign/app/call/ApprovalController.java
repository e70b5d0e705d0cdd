package dev.countersign.app.call;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.ProblemException;
import dev.countersign.guard.CallFilter;
import dev.countersign.guard.CallStatus;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API of what the caller is asked to approve, whatever tool it is a call of. */
@RestController
@RequestMapping("/api/approvals")
class ApprovalController {
  private static final String LIST = "approvals";

  private final Calls calls;
  private final Cursors cursors;

  ApprovalController(Calls calls, Cursors cursors) {
    this.calls = calls;
    this.cursors = cursors;
  }

  /**
   * One page of a list.
   *
   * @param cursor what to send as {@code cursor} for the next page; null: there is none
   */
  record ApprovalList(List<CallView> calls, @Nullable String cursor) {}

  @GetMapping("/{id}")
  CallView show(Caller caller, @PathVariable String id) {
    return calls.find(caller, id).orElseThrow(() -> notFound(id));
  }

  @GetMapping
  ApprovalList list(
      Caller caller,
      @RequestParam(required = false) @Size(min = 1, message = "must be one that there is")
          @Nullable Set<@NotNull(message = "must be one that there is") CallStatus> status,
      @RequestParam(required = false)
          @Pattern(regexp = "[A-Za-z0-9_]{1,40}", message = "must be the name of a tool")
          @Nullable String tool,
      @RequestParam(required = false) @Nullable String cursor) {
    CallFilter filter = new CallFilter(tool, status == null ? Set.of() : status);
    Calls.Page page = calls.list(caller, filter, cursors.start(caller, LIST, cursor));
    return new ApprovalList(page.calls(), cursors.next(caller, LIST, page.next()));
  }

  /** What goes on, for somebody who decides what to look at next. */
  @GetMapping("/open")
  OpenCalls open(Caller caller) {
    return calls.open(caller);
  }

  @PostMapping("/{id}/cancel")
  CallView cancel(Caller caller, @PathVariable String id) {
    return calls.cancel(caller, id).orElseThrow(() -> notFound(id));
  }

  private static ProblemException notFound(String id) {
    return new ProblemException(HttpStatus.NOT_FOUND, "You were not asked to approve " + id + ".");
  }
}
