package com.example.bank;

import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.RequiresApproval;
import dev.langchain4j.agent.tool.Tool;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

@Component
class BankTools {
  private final Bank bank;

  BankTools(Bank bank) {
    this.bank = bank;
  }

  @Tool("Transfer money")
  @RequiresApproval(message = "Transfer {amount} EUR to {iban}", scopes = "transfer:create")
  String transfer(BigDecimal amount, String iban) {
    ApprovedCall call = ApprovedCall.current();
    return bank.transfer(amount, iban, call.token(), call.idempotencyKey());
  }

  /** Waits for its end, and is run again if nobody knows whether a run has done it. */
  @Tool("Pay a bill")
  @RequiresApproval(
      message = "Pay a bill of {amount} EUR to {iban}",
      scopes = "transfer:create",
      await = "PT1M",
      idempotent = true) // the ledger books once for a key
  String payBill(BigDecimal amount, String iban) {
    ApprovedCall call = ApprovedCall.current();
    return bank.transfer(amount, iban, call.token(), call.idempotencyKey());
  }
}
