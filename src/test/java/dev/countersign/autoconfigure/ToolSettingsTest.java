package dev.countersign.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.guard.Remember;
import dev.countersign.guard.RememberRules;
import dev.countersign.guard.ToolRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What an operator may say of one tool. */
class ToolSettingsTest {
  private static final ToolRules OWN =
      new ToolRules(
          "Buy {product}",
          "",
          List.of("product:buy"),
          "shop",
          List.of("strong"),
          "PT5M",
          "PT1M",
          true,
          "PT10S",
          "PT15M",
          "",
          List.of("note"),
          false,
          RememberRules.NEVER);

  private static ToolSettings settings(Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return new ToolSettings(environment);
  }

  @Test
  void leavesAToolAloneOfWhichNothingIsSaid() {
    assertThat(settings(Map.of("countersign.tools.other.message", "No")).of("shop_online", OWN))
        .isEqualTo(OWN);
  }

  @Test
  void hasEverySettingByItsName() {
    String prefix = "countersign.tools.shop_online.";

    ToolRules rules =
        settings(
                Map.ofEntries(
                    Map.entry(prefix + "message", "Order {product}"),
                    Map.entry(prefix + "details", "[{}]"),
                    Map.entry(prefix + "scopes", "order:create,order:read"),
                    Map.entry(prefix + "audience", "https://shop.example.com"),
                    Map.entry(prefix + "acr", "stronger,strong"),
                    Map.entry(prefix + "expiry", "2m"),
                    Map.entry(prefix + "await", "0s"),
                    Map.entry(prefix + "idempotent", "false"),
                    Map.entry(prefix + "timeout", "20s"),
                    Map.entry(prefix + "give-up-after", "1h"),
                    Map.entry(prefix + "settle-within", "1d"),
                    Map.entry(prefix + "always-ask", "true")))
            .of("shop_online", OWN);

    assertThat(rules)
        .isEqualTo(
            new ToolRules(
                "Order {product}",
                "[{}]",
                List.of("order:create", "order:read"),
                "https://shop.example.com",
                List.of("stronger", "strong"),
                "PT2M",
                "PT0S",
                false,
                "PT20S",
                "PT1H",
                "PT24H",
                List.of("note"),
                true,
                RememberRules.NEVER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop_online", "shopOnline", "shop-online", "SHOP_ONLINE", "shoponline"})
  void knowsAToolHoweverItsNameIsWritten(String name) {
    ToolSettings settings = settings(Map.of("countersign.tools." + name + ".message", "Other"));

    assertThat(settings.of("shop_online", OWN).message()).isEqualTo("Other");
    assertThat(settings.of("shopOnline", OWN).message()).isEqualTo("Other");
    assertThat(settings.faults(List.of("shop_online"), false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GIVEUPAFTER", "GIVE_UP_AFTER"})
  void isSaidByTheEnvironmentToo(String setting) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of("COUNTERSIGN_TOOLS_SHOPONLINE_" + setting, "1h")));

    ToolSettings settings = new ToolSettings(environment);

    assertThat(settings.of("shop_online", OWN).giveUpAfter()).isEqualTo("PT1H");
    assertThat(settings.faults(List.of("shop_online"), false)).isEmpty();
  }

  @Test
  void givesNobodyMoreTimeThanTheMethodDoes() {
    assertThatThrownBy(() ->
            settings(Map.of("countersign.tools.shop_online.expiry", "10m")).of("shop_online", OWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "countersign.tools.shop_online.expiry must not be longer than the method's own, PT5M,"
                + " but is PT10M.");
  }

  @Test
  void callsNothingIdempotentThatDoesNotSaySo() {
    ToolRules once = rules("Buy", RememberRules.NEVER);

    assertThatThrownBy(
            () -> settings(Map.of("countersign.tools.buy.idempotent", "true")).of("buy", once))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("countersign.tools.buy.idempotent must not be true");
  }

  @Test
  void letsNobodyButTheAuthorHideWhatAMethodTakes() {
    assertThatThrownBy(
            () -> settings(Map.of("countersign.tools.buy.unseen", "product")).of("buy", OWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("countersign.tools.buy.unseen must not be set");
  }

  private static ToolRules remembering(Remember where, String longest, String... any) {
    return rules("Read {mailbox}", new RememberRules(where, longest, List.of(any)));
  }

  private static ToolRules rules(String message, RememberRules remember) {
    return new ToolRules(
        message, "", List.of(), "", List.of(), "", "", false, "", "", "", List.of(), false,
        remember);
  }

  private static RememberRules remembered(ToolRules own, String... settings) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      properties.put("countersign.tools.read." + settings[i], settings[i + 1]);
    }
    return settings(properties).of("read", own).remember();
  }

  @Test
  void remembersLessThanTheMethodDoes() {
    ToolRules own = remembering(Remember.USER, "PT1H", "folder", "limit");

    assertThat(
            remembered(
                own, "remember", "conversation", "remember-for", "5m", "remember-any", "limit"))
        .isEqualTo(new RememberRules(Remember.CONVERSATION, "PT5M", List.of("limit")));
    assertThat(remembered(own, "message", "Read all of {mailbox}")).isEqualTo(own.remember());
    assertThat(remembered(own, "remember", "never")).isEqualTo(RememberRules.NEVER);
    assertThat(remembered(own, "always-ask", "true")).isEqualTo(RememberRules.NEVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          remember     | user       | .remember must not be USER: the method says CONVERSATION
          remember-for | 16m        | .remember-for must not be longer than the method's own, PT15M, but
          remember-any | the sender | .remember-any must name no argument that the method doesn't
          """)
  void remembersNoMoreThanTheMethodDoes(String setting, String value, String sentence) {
    assertThatThrownBy(() -> remembered(remembering(Remember.CONVERSATION, ""), setting, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("countersign.tools.read" + sentence);
  }

  @Test
  void remembersNothingWhereTheMethodDoesNot() {
    assertThatThrownBy(() -> remembered(remembering(Remember.NEVER, ""), "remember-for", "5m"))
        .hasMessageStartingWith("countersign.tools.read.remember-for must not be set");
  }

  /** Whoever reads the annotation says so. */
  @Test
  void leavesToTheAnnotationWhatNobodyCanReadThere() {
    assertThat(remembered(remembering(Remember.USER, "1h"), "remember-for", "5m").longest())
        .isEqualTo("1h");
    assertThat(
            settings(Map.of("countersign.tools.buy.expiry", "1m"))
                .of("buy", expiring("five minutes"))
                .expiry())
        .isEqualTo("five minutes");
  }

  private static ToolRules expiring(String expiry) {
    return new ToolRules(
        "Buy",
        "",
        List.of(),
        "",
        List.of(),
        expiry,
        "",
        false,
        "",
        "",
        "",
        List.of(),
        false,
        RememberRules.NEVER);
  }

  @Test
  void remembersWhatIsSaidOfAToolWithoutAnAnnotation() {
    Map<String, Object> said =
        Map.of(
            "countersign.tools.read.message", "Read {mailbox}",
            "countersign.tools.read.remember", "user",
            "countersign.tools.read.remember-for", "1h",
            "countersign.tools.read.remember-any", "limit");

    assertThat(settings(said).ofOffered("read").orElseThrow().remember())
        .isEqualTo(new RememberRules(Remember.USER, "PT1H", List.of("limit")));

    Map<String, Object> askedToo = new HashMap<>(said);
    askedToo.put("countersign.tools.read.always-ask", "true");
    assertThatThrownBy(() -> settings(askedToo).ofOffered("read"))
        .hasMessage("countersign.tools.read.remember must be NEVER where .always-ask is true.");
  }

  @ParameterizedTest
  @CsvSource({"remember,user,true", "remember,never,false", "remember,usr,true", "await,5m,false"})
  void saysWhetherApprovalsOfToolsThatAreNotKnownMayBeRemembered(
      String setting, String value, boolean may) {
    Map<String, Object> said =
        Map.of(
            "countersign.tools.read.message",
            "Read {mailbox}",
            "countersign.tools.read." + setting,
            value);

    assertThat(settings(said).mayRememberOffered()).isEqualTo(may);
    assertThat(settings(Map.of()).mayRememberOffered()).isFalse();
  }

  @Test
  void saysAllOfAToolWithoutAnAnnotation() {
    String prefix = "countersign.tools.create_issue.";

    Optional<ToolRules> rules =
        settings(
                Map.ofEntries(
                    Map.entry(prefix + "message", "Create {title}"),
                    Map.entry(prefix + "details", "[{\"type\":\"issue\"}]"),
                    Map.entry(prefix + "scopes", "issue:create"),
                    Map.entry(prefix + "audience", "https://issues.example.com"),
                    Map.entry(prefix + "acr", "strong"),
                    Map.entry(prefix + "expiry", "10m"),
                    Map.entry(prefix + "await", "2m"),
                    Map.entry(prefix + "idempotent", "true"),
                    Map.entry(prefix + "timeout", "20s"),
                    Map.entry(prefix + "give-up-after", "1h"),
                    Map.entry(prefix + "settle-within", "1d"),
                    Map.entry(prefix + "unseen", "labels,body")))
            .ofOffered("create_issue");

    assertThat(rules)
        .contains(
            new ToolRules(
                "Create {title}",
                "[{\"type\":\"issue\"}]",
                List.of("issue:create"),
                "https://issues.example.com",
                List.of("strong"),
                "PT10M",
                "PT2M",
                true,
                "PT20S",
                "PT1H",
                "PT24H",
                List.of("labels", "body"),
                false,
                RememberRules.NEVER));
  }

  @Test
  void needsNoMoreThanTheMessageOfAToolWithoutAnAnnotation() {
    ToolSettings settings =
        settings(
            Map.of(
                "countersign.tools.createIssue.message", "Create {title}",
                "countersign.tools.close.scopes", "issue:close"));

    assertThat(settings.ofOffered("create_issue"))
        .hasValueSatisfying(rules -> {
          assertThat(rules.message()).isEqualTo("Create {title}");
          assertThat(rules.idempotent()).isFalse();
          assertThat(rules.unseen()).isEmpty();
        });
    assertThat(settings.ofOffered("list_issues")).isEmpty();
    assertThat(settings.ofOffered("___")).isEmpty();
    assertThatThrownBy(() -> settings.ofOffered("close"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("countersign.tools.close.message must be set");
  }

  @Test
  void takesOtherToolsForThoseOfToolProviders() {
    ToolSettings settings =
        settings(
            Map.of(
                "countersign.tools.buy.expiry", "1m",
                "countersign.tools.create_issue.message", "Create {title}",
                "countersign.tools.close.scopes", "issue:close",
                "countersign.tools.open.mesage", "Typo",
                "countersign.tools.move.message", "Move",
                "countersign.tools.move.timeout", "soon"));

    assertThat(settings.faults(List.of("buy"), true))
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).startsWith("countersign.tools.close.message must be set"),
            fault ->
                assertThat(fault)
                    .isEqualTo("countersign.tools.open.mesage is no setting of a tool."),
            fault ->
                assertThat(fault).startsWith("countersign.tools.move has a value that can't be"));
    assertThat(settings.others(List.of("buy", "createIssue")))
        .containsExactlyInAnyOrder("close", "open", "move");
  }

  @Test
  void saysWhatItCannotRead() {
    assertThatThrownBy(
            () -> settings(Map.of("countersign.tools.buy.timeout", "soon")).of("buy", OWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("countersign.tools.buy has a value that can't be: ")
        .hasMessageContaining("soon");
  }

  @Test
  void findsToolsThatAreNotThereAndSettingsThatAreNone() {
    ToolSettings settings =
        settings(
            Map.of(
                "countersign.tools.shp_online.message", "Typo",
                "countersign.tools.buy.mesage", "Typo",
                "countersign.tools.buy.give.up.after", "1h", // no variable
                "countersign.tools.buy.acr[0]", "strong"));

    assertThat(settings.faults(List.of("buy", "shop_online"), false))
        .containsExactlyInAnyOrder(
            "countersign.tools.shp_online is set, but there is no guarded tool of that name; there"
                + " are: buy, shop_online.",
            "countersign.tools.buy.mesage is no setting of a tool.",
            "countersign.tools.buy.give is no setting of a tool.");
  }
}
