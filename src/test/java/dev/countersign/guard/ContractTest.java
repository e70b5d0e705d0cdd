package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.message.MessageRules;
import dev.countersign.message.Wording;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is approved unseen. */
@SuppressWarnings("UnusedMethod")
class ContractTest {
  private static final MessageRules RULES = new MessageRules("[A-Za-z0-9 .,:#]", 64, null);

  record Money(BigDecimal amount, String currency) {}

  static class Tools {
    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    void transfer(BigDecimal amount, String iban) {}

    @RequiresApproval(message = "Pay {sum.amount} {sum.currency} to {to}")
    void pay(Money sum, String to) {}

    @RequiresApproval(message = "Transfer money to {iban}")
    void hidden(BigDecimal amount, String iban) {}

    @RequiresApproval(message = "Pay {sum.amount} to {to}")
    void partly(Money sum, String to) {}

    @RequiresApproval(message = "Pay {to}", unseen = "sum")
    void allowed(Money sum, String to) {}

    @RequiresApproval(
        message = "Pay {to}",
        unseen = {"sum", "nothing"})
    void wrong(Money sum, String to) {}

    @RequiresApproval(message = "Delete {names}")
    void list(List<String> names) {}

    @RequiresApproval(
        message = "Delete files",
        details = "[{\"type\":\"deletion\",\"files\":\"{names}\",\"note\":\"of {owner}\"}]")
    void detailed(List<String> names, String owner) {}

    @RequiresApproval(
        message = "Pay {to}",
        details = "[{\"type\":\"payment\",\"sum\":\"{sum}\",\"memo\":\"{memo}\"}]")
    void structured(Money sum, String to, @Nullable String memo) {}

    @RequiresApproval(message = "Delete files", details = "[{\"type\":\"x\",\"a\":\"{b}\"}]")
    void strange() {}

    @RequiresApproval(message = "Delete files", details = "{\"type\":\"x\"}")
    void noArray() {}

    @RequiresApproval(
        message = "Delete files",
        details = "[{\"type\":\"x\",\"note\":\"all of {names}\"}]")
    void listInText(List<String> names) {}

    @RequiresApproval(message = "Really?")
    void foreign() {}

    @RequiresApproval(message = "Buy {")
    void broken() {}
  }

  private static GuardedMethod method(String name) {
    Method found =
        Arrays.stream(Tools.class.getDeclaredMethods())
            .filter(method -> method.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return new GuardedMethod(Tools.class, found, found.getAnnotation(RequiresApproval.class));
  }

  private static Contract contract(String name) {
    return switch (Contract.of(method(name), ToolRules.of(method(name).rules()), RULES)) {
      case Contract.Result.Made(var contract) -> contract;
      case Contract.Result.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }

  private static FrozenArguments frozen(String name, @Nullable Object... arguments) {
    return FrozenArguments.of(method(name), arguments);
  }

  @Test
  void showsWhatIsKept() {
    assertThat(
            contract("transfer")
                .message(frozen("transfer", new BigDecimal("12.50"), "DE89"), RULES))
        .isEqualTo(new Wording.Result.Worded("Transfer 12.50 EUR to DE89"));
    assertThat(
            contract("pay")
                .message(frozen("pay", new Money(new BigDecimal("1E+3"), "EUR"), "Bob"), RULES))
        .isEqualTo(new Wording.Result.Worded("Pay 1000 EUR to Bob"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hidden  | The argument amount of %s would be approved unseen: put {amount} into the message
          partly  | The argument sum.currency of %s would be approved unseen
          wrong   | %s names nothing as unseen, which is none of its arguments.
          list    | The message of %s must name nothing but
          strange | The details of %s name {b}, which is none of its arguments.
          listInText | The details of %s have {names} within a text, which only a single value
          noArray | The details of %s must be a JSON array of objects with a type
          foreign | The message of %s must have characters only that the identity provider allows
          broken  | The message of %s must close each { by a }
          """)
  void tellsWhatIsWrong(String name, String sentence) {
    assertThat(Contract.of(method(name), ToolRules.of(method(name).rules()), RULES))
        .isInstanceOfSatisfying(
            Contract.Result.Faulty.class,
            faulty ->
                assertThat(faulty.faults())
                    .singleElement()
                    .asString()
                    .startsWith(sentence.formatted(Tools.class.getName() + "." + name)));
  }

  @Test
  void takesWhatIsNamedAsUnseen() {
    assertThat(Contract.of(method("allowed"), ToolRules.of(method("allowed").rules()), RULES))
        .isInstanceOf(Contract.Result.Made.class);
  }

  @Test
  void writesDetails() {
    assertThat(contract("detailed").details(frozen("detailed", List.of("a", "b"), "Ann")))
        .isEqualTo("[{\"type\":\"deletion\",\"files\":[\"a\",\"b\"],\"note\":\"of Ann\"}]");
    assertThat(
            contract("structured")
                .details(frozen("structured", new Money(BigDecimal.TEN, "EUR"), "Bob", null)))
        .isEqualTo("[{\"type\":\"payment\",\"sum\":{\"amount\":\"10\",\"currency\":\"EUR\"}}]");
    assertThat(contract("transfer").details(frozen("transfer", BigDecimal.ONE, "DE89"))).isNull();
  }
}
