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

  @Tool("Close an account")
  @RequiresApproval(message = "Close the account {iban}", scopes = "account:close", await = "PT1M")
  String closeAccount(String iban) {
    ApprovedCall call = ApprovedCall.current();
    return bank.close(iban, call.token(), call.idempotencyKey());
  }
}
