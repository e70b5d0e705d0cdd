package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.countersign.message.Shown;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is kept of a call's arguments is what was given, or they are refused. */
@SuppressWarnings("UnusedMethod")
class FrozenArgumentsTest {

  record Renamed(@JsonProperty("tip_eur") BigDecimal euros) {}

  enum Speed {
    SLOW,
    FAST
  }

  record Money(BigDecimal amount, String currency) {}

  record Order(Money total, List<String> items, @Nullable Speed speed) {}

  static class Base<T> {
    @RequiresApproval(message = "{content}")
    void send(T content) {}
  }

  static class Tools extends Base<Money> {
    @RequiresApproval(message = "")
    void scalars(
        int count,
        long number,
        double ratio,
        BigDecimal amount,
        boolean now,
        String text,
        Speed speed,
        @Nullable Integer maybe) {}

    @RequiresApproval(message = "")
    void times(LocalDate day, Instant at, OffsetDateTime zoned, Duration within, UUID id) {}

    @RequiresApproval(message = "")
    void nested(Order order, Optional<Money> tip, Map<String, Integer> counts, byte[] bytes) {}

    @RequiresApproval(message = "")
    void account(@ArgumentPattern("[A-Z]{2}[0-9]{2,}") String iban) {}

    @RequiresApproval(message = "")
    void renamed(Renamed tip) {}

    @RequiresApproval(message = "")
    void amount(BigDecimal amount) {}

    @RequiresApproval(message = "")
    void ratio(double ratio) {}

    @RequiresApproval(message = "")
    void anything(Object thing) {}

    @RequiresApproval(message = "")
    void opaque(Opaque thing) {}
  }

  /** Can't tell one from another. */
  static final class Opaque {
    public String name = "";
  }

  private static GuardedMethod method(String name) {
    for (Class<?> type = Tools.class; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        RequiresApproval rules = method.getAnnotation(RequiresApproval.class);
        if (method.getName().equals(name) && rules != null) {
          return new GuardedMethod(Tools.class, method, rules);
        }
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static FrozenArguments frozen(String name, @Nullable Object... arguments) {
    FrozenArguments frozen = FrozenArguments.of(method(name), arguments);
    assertThat(frozen.thaw(method(name))).isEqualTo(arguments);
    return frozen;
  }

  @Test
  void keepsNumbersThatJsonCannotHoldAsText() {
    assertThat(
            frozen(
                    "scalars",
                    2,
                    9_007_199_254_740_993L,
                    0.1,
                    new BigDecimal("12.50"),
                    true,
                    "ü \"x\"",
                    Speed.FAST,
                    null)
                .json())
        .isEqualTo(
            """
            {"amount":"12.50","count":2,"maybe":null,"now":true,"number":"9007199254740993",\
            "ratio":"0.1","speed":"FAST","text":"ü \\"x\\""}\
            """);
  }

  @Test
  void keepsTheScaleOfADecimal() {
    frozen("scalars", 1, 1L, 1e-9, new BigDecimal("1E+3"), false, "", Speed.SLOW, 7);
  }

  @Test
  void keepsTimes() {
    frozen(
        "times",
        LocalDate.parse("2026-11-28"),
        Instant.parse("2026-11-28T10:00:00.123456789Z"),
        OffsetDateTime.parse("2026-11-28T10:00:00+05:30"),
        Duration.ofSeconds(90, 5),
        UUID.fromString("00000000-0000-0000-0000-000000000001"));
  }

  @Test
  void keepsWhatIsNested() {
    frozen(
        "nested",
        new Order(new Money(new BigDecimal("1.10"), "EUR"), List.of("a", "b"), null),
        Optional.of(new Money(BigDecimal.ONE, "EUR")),
        Map.of("b", 1, "a", 2),
        new byte[] {1, 2});
  }

  @Test
  void resolvesTypeVariables() {
    frozen("send", new Money(new BigDecimal("1.10"), "EUR"));
  }

  @Test
  void saysTheSameWhateverTheOrderOfAMap() {
    assertThat(frozen("nested", order(), Optional.empty(), Map.of("a", 1, "b", 2), new byte[0]))
        .isEqualTo(
            frozen("nested", order(), Optional.empty(), Map.of("b", 2, "a", 1), new byte[0]));
  }

  private static Order order() {
    return new Order(new Money(BigDecimal.TEN, "EUR"), List.of(), Speed.SLOW);
  }

  @Test
  void refusesWhatDoesNotReadBackAsTheSame() {
    assertThatThrownBy(() -> frozen("anything", new BigDecimal("1.5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "The argument thing of anything can't be kept until it is approved: it doesn't read"
                + " back as the same");
    assertThatThrownBy(() -> frozen("opaque", new Opaque())).hasMessageContaining("define equals");
  }

  @Test
  void refusesWhatItsJsonHidesUnderAnotherName() {
    assertThatThrownBy(() -> frozen("renamed", new Renamed(BigDecimal.TEN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The argument tip.euros of renamed can't be shown: its JSON has no member of that"
                + " name.");
  }

  @Test
  void refusesNumbersThatNobodyCouldRead() {
    assertThatThrownBy(() -> frozen("amount", new BigDecimal("1E+999999999")))
        .hasMessage(
            "The argument amount of amount can't be shown: it is no number of at most 100 digits.");
    assertThatThrownBy(() -> frozen("ratio", Double.NaN)).hasMessageContaining("is no number");
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertThatThrownBy(() -> frozen("anything", "x".repeat(70_000)))
        .hasMessage("The arguments of anything have 70012 bytes, but at most 65536 can be kept.");
  }

  @Test
  void refusesAnotherForm() {
    frozen("account", "DE89");
    assertThatThrownBy(() -> frozen("account", "DE89 to nobody"))
        .hasMessage("The argument iban of account must have the form [A-Z]{2}[0-9]{2,}.");
  }

  @Test
  void doesNotFitAnotherMethod() {
    FrozenArguments frozen = frozen("account", "DE89");

    assertThatThrownBy(() -> frozen.thaw(method("scalars")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsTheSingleValuesAndHowTheyAreShown() {
    assertThat(method("nested").leaves())
        .extracting(Leaf::path, Leaf::kind)
        .containsExactly(
            tuple("order.total.amount", Shown.Kind.NUMBER),
            tuple("order.total.currency", Shown.Kind.TEXT),
            tuple("order.items", null),
            tuple("order.speed", Shown.Kind.EXACT),
            tuple("tip.amount", Shown.Kind.NUMBER),
            tuple("tip.currency", Shown.Kind.TEXT),
            tuple("counts", null),
            tuple("bytes", null));
    assertThat(method("account").leaves()).extracting(Leaf::kind).containsExactly(Shown.Kind.EXACT);
  }

  @Test
  void showsWhatIsKept() {
    FrozenArguments frozen =
        frozen("scalars", 2, 3L, 0.5, new BigDecimal("1E+3"), true, "a b", Speed.FAST, null);

    assertThat(method("scalars").leaves().stream().map(leaf -> shown(frozen, leaf)))
        .containsExactly("2", "3", "0.5", "1000", "true", "a b", "FAST", "-");
  }

  private static String shown(FrozenArguments frozen, Leaf leaf) {
    return frozen.shown(leaf).map(Shown::text).orElse("-");
  }
}
