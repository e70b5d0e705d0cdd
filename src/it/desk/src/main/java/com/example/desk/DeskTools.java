package com.example.desk;

import dev.countersign.guard.RequiresApproval;
import java.math.BigDecimal;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.stereotype.Component;

@Component
class DeskTools {
  private final BackOffice backOffice;

  DeskTools(BackOffice backOffice) {
    this.backOffice = backOffice;
  }

  @Tool(description = "Refunds money for an order")
  @RequiresApproval(message = "Refund {amount} EUR for {order}", scopes = "refund:create")
  String refund(BigDecimal amount, String order) {
    return backOffice.refund(amount, order);
  }

  @Tool(description = "Says where an order is")
  String whereIs(String order) {
    return order + " is on its way";
  }
}
