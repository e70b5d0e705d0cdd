package com.example.bank;

import dev.countersign.guard.ApprovalPendingException;
import dev.countersign.guard.GuardedCalls;
import java.math.BigDecimal;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Transfers without a model: whoever calls a guarded method asks. */
@RestController
class TransferController {
  private final BankTools tools;
  private final GuardedCalls calls;

  TransferController(BankTools tools, GuardedCalls calls) {
    this.tools = tools;
    this.calls = calls;
  }

  record Transfer(BigDecimal amount, String iban) {}

  @PostMapping("/transfers")
  Map<String, String> transfer(@RequestBody Transfer transfer) {
    return Map.of("done", tools.transfer(transfer.amount(), transfer.iban()));
  }

  @PostMapping("/bills")
  Map<String, String> payBill(@RequestBody Transfer bill) {
    return Map.of("done", tools.payBill(bill.amount(), bill.iban()));
  }

  @GetMapping("/transfers/{id}")
  Map<String, String> show(@PathVariable String id) {
    return Map.of("status", calls.state(id).status().name());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> asked(ApprovalPendingException e) {
    return ResponseEntity.accepted().body(Map.of("id", e.callId(), "told", e.getMessage()));
  }
}
