package com.example.transfers;

import dev.countersign.guard.ApprovalPendingException;
import dev.countersign.guard.CallNotDoneException;
import dev.countersign.guard.CallState;
import dev.countersign.guard.CallStatus;
import dev.countersign.guard.GuardedCalls;
import java.math.BigDecimal;
import java.security.Principal;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TransferController {
  private final BankTools tools;
  private final GuardedCalls calls;

  TransferController(BankTools tools, GuardedCalls calls) {
    this.tools = tools;
    this.calls = calls;
  }

  @PostMapping("/transfers")
  String transfer(@RequestParam BigDecimal amount, @RequestParam String iban) {
    return tools.transfer(amount, iban); // asks, and doesn't wait
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, String> asked(ApprovalPendingException e) {
    return Map.of("id", e.callId(), "told", e.sentence());
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
  Map<String, String> notDone(CallNotDoneException e) {
    return Map.of("told", e.getMessage());
  }

  @GetMapping("/transfers/{id}")
  ResponseEntity<CallStatus> status(@PathVariable String id, Principal user) {
    return ResponseEntity.of(calls.find(user.getName(), id).map(CallState::status));
  }
}
