package com.example.transfers;

import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.RequiresApproval;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

@Component
class BankTools {
  private final Bank bank;

  BankTools(Bank bank) {
    this.bank = bank;
  }

  @RequiresApproval(message = "Transfer {amount} EUR to {iban}", scopes = "transfer:create")
  String transfer(BigDecimal amount, String iban) {
    ApprovedCall call = ApprovedCall.current();
    return bank.transfer(amount, iban, call.token(), call.idempotencyKey());
  }
}
