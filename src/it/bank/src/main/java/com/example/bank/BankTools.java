package com.example.bank;

import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.LookUp;
import dev.countersign.guard.LooksUp;
import dev.countersign.guard.RequiresApproval;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;

/** What the assistant can do. Whoever calls one of these asks; its body runs after a yes. */
@Component
class BankTools {
  private final CoreBank bank;

  BankTools(CoreBank bank) {
    this.bank = bank;
  }

  /** The core bank books once for a key, so a run that was cut off can be repeated. */
  @Tool("Transfer money from the user's account")
  @RequiresApproval(
      message = "Transfer {amount} EUR to {iban}",
      scopes = "transfer:create",
      idempotent = true)
  String transfer(@P("How much, in EUR") @Positive BigDecimal amount, @NotBlank String iban) {
    bank.transfer(amount, iban, ApprovedCall.current());
    return "Transferred " + amount + " EUR to " + iban;
  }

  /** The provider grants exactly these details with the token, and may show them as a table. */
  @Tool("Raise the limit of one of the user's cards")
  @RequiresApproval(
      message = "Raise the limit of card {card} to {limit} EUR",
      details =
          """
          [{"type": "card_limit", "card": "{card}", "limit": "{limit}", "currency": "EUR"}]
          """,
      scopes = "card:limit",
      idempotent = true)
  String raiseCardLimit(
      @P("Its last four digits") @NotBlank String card,
      @P("The new limit, in EUR") @Positive BigDecimal limit) {
    bank.raiseLimit(card, limit, ApprovedCall.current());
    return "Card " + card + " may now spend " + limit + " EUR a month";
  }

  /** Not idempotent: it is never run twice, and {@link #closed} finds out what a lost run did. */
  @Tool("Close one of the user's accounts, for good")
  @RequiresApproval(message = "Close the account {iban} for good", scopes = "account:close")
  String closeAccount(@NotBlank String iban) {
    bank.close(iban, ApprovedCall.current());
    return "Closed the account " + iban;
  }

  @LooksUp("closeAccount")
  LookUp closed() {
    return bank.lookUp(ApprovedCall.current());
  }
}
