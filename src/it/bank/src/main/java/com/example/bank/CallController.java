package com.example.bank;

import dev.countersign.guard.CallFilter;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.GuardedCalls;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the signed-in user was asked, and nobody else's. */
@RestController
class CallController {
  private static final int A_PAGE = 20;

  private final GuardedCalls calls;

  CallController(GuardedCalls calls) {
    this.calls = calls;
  }

  record Call(String id, String message, CallStatus status, String reason) {
    static Call of(CallState state) {
      return new Call(state.id(), state.message(), state.status(), state.reason());
    }
  }

  @GetMapping("/calls")
  List<Call> list(@AuthenticationPrincipal Jwt user) {
    return calls
        .list(user.getSubject(), new CallFilter(null, Set.of()), A_PAGE, null)
        .calls()
        .stream()
        .map(Call::of)
        .toList();
  }

  @PostMapping("/calls/{id}/cancel")
  ResponseEntity<Call> cancel(@AuthenticationPrincipal Jwt user, @PathVariable String id) {
    return ResponseEntity.of(calls.cancel(user.getSubject(), id).map(Call::of));
  }
}
