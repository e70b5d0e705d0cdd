package dev.countersign.devservices.bank;

import dev.countersign.guard.ApprovedCall;
import dev.countersign.guard.RefusedException;
import dev.countersign.guard.RequiresApproval;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;

/** The tool {@code transfer_money}: all that it takes to give the chat one more. */
public class TransferMoney {
  private static final BigDecimal COVERED = new BigDecimal("10000");

  private final BankBook book;

  /** Transfers into this book. */
  public TransferMoney(BankBook book) {
    this.book = book;
  }

  @Tool(name = "transfer_money", value = "Transfer money of the user's to somebody")
  @RequiresApproval(
      name = "transfer_money",
      message = "Transfer {amount} EUR to {recipient}",
      scopes = "transfer:create",
      idempotent = true)
  String transfer(
      @P("How much, in EUR")
          @NotNull(message = "must be given")
          @Positive(message = "must be more than 0")
          @Digits(integer = 9, fraction = 2, message = "must have at most 2 decimals")
          @DecimalMax(value = "1000000", message = "must be at most 1,000,000")
          BigDecimal amount,
      @P("Who gets it, in the user's words")
          @NotBlank(message = "must be given")
          @Size(max = 30, message = "must have at most 30 characters")
          String recipient) {
    ApprovedCall call = ApprovedCall.current();
    if (amount.compareTo(COVERED) > 0) {
      throw new RefusedException("The account covers transfers of up to 10,000 EUR");
    }
    book.enter(call.idempotencyKey(), call.user(), amount, recipient);
    return "Transferred " + amount.toPlainString() + " EUR to " + recipient;
  }
}
