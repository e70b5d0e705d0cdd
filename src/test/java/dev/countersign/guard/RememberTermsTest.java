package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.guard.proxy.BeanTools;
import dev.countersign.message.MessageRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What can't be remembered stops start-up, and the sentence says why. */
class RememberTermsTest {

  static class Good {
    @RequiresApproval(
        message = "Read {mailbox}",
        remember = Remember.USER,
        rememberFor = "PT24H",
        rememberAny = "mailbox")
    String read(String mailbox) {
      return mailbox;
    }
  }

  static class WithDetails {
    @RequiresApproval(
        message = "Pay {euros}",
        details = "[{\"type\": \"payment\", \"euros\": \"{euros}\"}]",
        remember = Remember.USER)
    void pay(int euros) {}
  }

  static class WithAcr {
    @RequiresApproval(message = "Pay {euros}", acr = "strong", remember = Remember.CONVERSATION)
    void pay(int euros) {}
  }

  static class TooLong {
    @RequiresApproval(message = "Pay", remember = Remember.USER, rememberFor = "P2D")
    void pay() {}
  }

  static class TooShort {
    @RequiresApproval(message = "Pay", remember = Remember.USER, rememberFor = "PT59S")
    void pay() {}
  }

  static class NoDuration {
    @RequiresApproval(message = "Pay", remember = Remember.USER, rememberFor = "1h")
    void pay() {}
  }

  static class NoArgument {
    @RequiresApproval(
        message = "Pay {euros}",
        remember = Remember.USER,
        rememberAny = {"euros", "note"})
    void pay(int euros) {}
  }

  static class OfNothing {
    @RequiresApproval(message = "Pay", rememberFor = "PT1H")
    void pay() {}
  }

  @SuppressWarnings("unused") // the source of a parameterized test
  static final Arguments[] FAULTS = {
    Arguments.of(new WithDetails(), "remember must be NEVER where there are details"),
    Arguments.of(new WithAcr(), "remember must be NEVER where an acr is asked for, here strong"),
    Arguments.of(new TooLong(), "rememberFor must be PT1M to PT24H, but is P2D"),
    Arguments.of(new TooShort(), "rememberFor must be PT1M to PT24H, but is PT59S"),
    Arguments.of(new NoDuration(), "rememberFor must be an ISO-8601 duration such as PT15M, but"),
    Arguments.of(new NoArgument(), "rememberAny names note, which is none of its arguments"),
    Arguments.of(new OfNothing(), "remember must say CONVERSATION or USER where rememberFor or")
  };

  @ParameterizedTest
  @FieldSource("FAULTS")
  void stopsStartUp(Object bean, String sentence) {
    assertThat(faults(bean, null))
        .singleElement()
        .satisfies(fault ->
            assertThat(fault)
                .startsWith("@RequiresApproval of " + bean.getClass().getName())
                .contains(sentence));
  }

  @Test
  void isRememberedWhereNothingForbidsIt() {
    assertThat(faults(new Good(), null)).isEmpty();
  }

  @Test
  void isNotRememberedWhereAllUsersMustAuthenticateAnew() {
    assertThat(faults(new Good(), List.of("strong")))
        .singleElement()
        .satisfies(fault -> assertThat(fault).contains("where an acr is asked for, here strong"));
  }

  private static List<String> faults(Object bean, @Nullable List<String> acr) {
    ToolRegistry tools =
        new ToolRegistry(
            new MessageRules("[A-Za-z0-9 .]", 64, null),
            new CallTerms(
                List.of("openid"),
                null,
                acr,
                Duration.ofMinutes(5),
                null,
                Duration.ZERO,
                GuardWorld.RUN),
            ToolRules.Settings.NONE,
            false);
    BeanTools.add(tools, bean, _ -> ArgumentCheck.NONE);
    return tools.faults();
  }
}
