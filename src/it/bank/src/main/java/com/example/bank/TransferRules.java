package com.example.bank;

import dev.countersign.guard.ApprovalPolicy;
import dev.countersign.guard.ProposedCall;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** Small transfers need no approval, and large ones aren't for an assistant. */
@Component
class TransferRules implements ApprovalPolicy {
  private static final BigDecimal SMALL = new BigDecimal("30");
  private static final BigDecimal LARGE = new BigDecimal("10000");

  @Override
  public Ruling rule(ProposedCall call) {
    if (!call.tool().equals("transfer")) {
      return Ruling.asDeclared();
    }
    BigDecimal amount = call.argument("amount", BigDecimal.class);
    if (amount.compareTo(LARGE) > 0) {
      return Ruling.forbidden("Please come to the counter to transfer more than 10,000 EUR.");
    }
    return amount.compareTo(SMALL) <= 0 ? Ruling.notNeeded() : Ruling.asDeclared();
  }
}
