package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.countersign.browser.ToldConversation.ToldCall;
import dev.countersign.e2e.Product;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The card of a call, whatever tool it is of and whatever has become of it. */
@WithBrowser
class CardsIT {
  private static final String QUESTION = "Do you want to buy 2 headphones";

  /** The contrast of an element's text with its background (WCAG 2.2, "contrast ratio"). */
  private static final String CONTRAST =
      """
      element => {
        const luminance = colour => {
          const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(each => each / 255)
            .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const {color, backgroundColor} = getComputedStyle(element);
        const [dark, light] = [luminance(color), luminance(backgroundColor)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
      }
      """;

  private static final Map<String, ?> TWO = Map.of("product", "headphones", "qty", 2);

  @Test
  void showsEveryStateOfEveryTool(Browsers browsers, Product product) {
    var told = new ToldConversation();
    for (CallStories story : CallStories.values()) {
      told.turn(story.name(), "Here it is.").call(story.asPurchase()).call(story.asTransfer());
    }
    told.turn("Book the trip", "Here it is.").call(CallStories.AWAITING_APPROVAL.asTrip());
    Page page = browsers.open(360, 740, ColorScheme.LIGHT).openTab();
    SignIn.at(page, product.base()).as("alice");
    ChatPage chat = told.open(page, product.base());
    assertThat(chat.cards()).hasCount(2 * CallStories.values().length + 1);
    for (CallStories story : CallStories.values()) {
      assertThat(cardOf(page, "shop-" + story.name()).label()).hasText(story.label);
      assertThat(cardOf(page, "bank-" + story.name()).label()).hasText(story.label);
    }
    Looks looks = new Looks(page, CardsIT::takeAll);
    for (int width : List.of(360, 1440)) {
      page.setViewportSize(width, 740);
      Fit.check(page, "cards");
      looks.at("cards");
    }
  }

  private static void takeAll(Page page, String name) {
    int width = page.viewportSize().width;
    page.setViewportSize(width, 16_000); // the log scrolls by itself
    Screenshots.take(page, name);
    page.setViewportSize(width, 740);
  }

  private static PurchaseCard cardOf(Page page, String callId) {
    return new PurchaseCard(page.locator("[data-call-id='" + callId + "']"));
  }

  @Test
  void spellsArgumentsOut(Browsers browsers, Product product) {
    PurchaseCard card = only(browsers, product, CallStories.DONE.asTrip());
    assertThat(card.card().locator(".call-arguments dt").first()).hasText("Destination");
    assertThat(card.card()).containsText("Departs at");
    assertThat(card.card()).containsText("Booking ID");
    assertThat(card.card()).containsText("Yes");
    assertThat(card.card()).not().containsText("{");
    Locator more =
        card.card().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Show all"));
    assertThat(more).hasAttribute("aria-expanded", "false");
    Locator note = card.card().locator(".value-text", textOf("away from the galley"));
    double before = box(note).height;
    more.click();
    assertThat(note).hasText(Pattern.compile("(Please seat us together.*){12}"));
    assertThat(box(note).height).isGreaterThan(before);
  }

  private static Locator.LocatorOptions textOf(String words) {
    return new Locator.LocatorOptions().setHasText(words);
  }

  @Test
  void showsNoArgumentsWhereThereAreNone(Browsers browsers, Product product) {
    PurchaseCard card =
        only(
            browsers,
            product,
            call -> call.of("bare", "close_account", "Close your account", Map.of()).approved());
    assertThat(card.card().getByRole(AriaRole.HEADING)).hasText("Close account");
    assertThat(card.card().locator(".call-arguments")).isHidden();
    assertThat(card.card()).containsText("You approved");
  }

  @Test
  void saysWhatThePhoneShowsOnlyWhileItDoes(Browsers browsers, Product product) {
    Page page = open(everyPurchase(), browsers, product).page();
    for (CallStories story : CallStories.values()) {
      PurchaseCard card = cardOf(page, "shop-" + story.name());
      assertThat(card.onThePhone()).isVisible(visible(story == CallStories.AWAITING_APPROVAL));
      assertThat(card.countdown()).isVisible(visible(story == CallStories.AWAITING_APPROVAL));
      assertThat(card.stillThere())
          .isVisible(visible(story == CallStories.CANCELLED || story == CallStories.EXPIRED));
    }
  }

  @Test
  void offersToAskAgainOnlyWhereNothingWasDoneForCertain(Browsers browsers, Product product) {
    Page page = open(everyPurchase(), browsers, product).page();
    for (CallStories story : CallStories.values()) {
      boolean offers =
          switch (story) {
            case DENIED, EXPIRED, CANCELLED, FAILED, NO_PHONE -> true;
            default -> false;
          };
      assertThat(cardOf(page, "shop-" + story.name()).askAgain()).isVisible(visible(offers));
    }
  }

  private static ToldConversation everyPurchase() {
    var told = new ToldConversation();
    for (CallStories story : CallStories.values()) {
      told.turn(story.name(), "Here it is.").call(story.asPurchase());
    }
    return told;
  }

  private static LocatorAssertions.IsVisibleOptions visible(boolean is) {
    return new LocatorAssertions.IsVisibleOptions().setVisible(is);
  }

  /** It has no version of its own, and comes by no event: no worker is there. */
  @Test
  void saysInTheOpenPageThatNobodyAnswersAnyMore(Browsers browsers, Product product) {
    var told =
        new ToldConversation()
            .turn("Buy 2 headphones", "Your approval is needed.")
            .call(call ->
                call.of("late", "shop_online", QUESTION, TWO).awaiting(Duration.ofMinutes(-2)));
    ChatPage chat = open(told, browsers, product);
    PurchaseCard card = chat.card("2 headphones");
    assertThat(card.label()).hasText("Waiting for you");
    told.tellOpen(
        chat.page(),
        call -> call.with("code", "no_answer").with("expiresAt", null).with("version", null));
    chat.page().evaluate("dispatchEvent(new Event('online'))");
    assertThat(card.label()).hasText("No answer");
    assertThat(card.countdown()).isHidden();
    assertThat(card.cancel()).isHidden();
  }

  @Test
  void forgetsAPhoneThatCanNoLongerAsk(Browsers browsers, Product product) {
    var told =
        new ToldConversation(Instant.now().minus(2, ChronoUnit.HOURS))
            .turn("Buy 2 headphones", "Your approval is needed.")
            .call(call ->
                call.of("old", "shop_online", QUESTION, TWO)
                    .awaiting(Duration.ofHours(-1))
                    .ended("CANCELLED", "cancelled", null));
    PurchaseCard card = open(told, browsers, product).card("2 headphones");
    assertThat(card.outcome()).hasText("Nothing was done.");
    assertThat(card.stillThere()).isHidden();
  }

  /** The outcome is the card; the assistant's sentence about it stands there, once. */
  @Test
  void keepsNewsWithItsCardUntilTheUserSpeaksAgain(Browsers browsers, Product product) {
    var told =
        new ToldConversation()
            .turn("Buy 2 headphones", "Your approval is needed.")
            .call(call ->
                call.of("first", "shop_online", QUESTION, TWO)
                    .approved()
                    .ended("DENIED", "access_denied", "You denied the request."))
            .news("first", "You denied the purchase of 2 headphones.")
            .turn("Buy 3 drums", "Your approval is needed.")
            .call(call ->
                call.of("second", "shop_online", "Do you want to buy 3 drums", TWO)
                    .approved()
                    .done("Created"))
            .turn("Hello", "Hello to you.")
            .news("second", "Your order of 3 drums is placed.");
    ChatPage chat = open(told, browsers, product);
    PurchaseCard first = chat.card("2 headphones");
    assertThat(first.words()).containsText("You denied the purchase of 2 headphones.");
    assertThat(first.outcome()).isHidden();
    assertThat(chat.card("3 drums").words()).hasCount(0);
    chat.hears("Your order of 3 drums is placed.");
    assertThat(chat.log().locator("#messages > li").last()).containsText("Your order of 3 drums");
    chat.button("Do you want to buy 3 drums").click();
    assertThat(chat.card("3 drums").card()).isFocused();
    assertThat(chat.assistantMessages()).hasCount(5); // nothing is left out
    String order = chat.log().locator("#messages").innerText();
    assertThat(order.indexOf("Your approval is needed"))
        .isLessThan(order.indexOf("You denied the purchase"));
  }

  /** The assistant may be wrong; where somebody must look for themselves, both are there. */
  @Test
  void keepsTheWarningBesideTheAssistantsWords(Browsers browsers, Product product) {
    var told =
        new ToldConversation()
            .turn("Buy 2 headphones", "Your approval is needed.")
            .call(CallStories.OUTCOME_UNKNOWN.asPurchase())
            .news("shop-OUTCOME_UNKNOWN", "I don't know what became of it.");
    PurchaseCard card = open(told, browsers, product).card("2 headphones for at most 300");
    assertThat(card.words()).containsText("I don't know what became of it.");
    assertThat(card.outcome()).containsText("unknown whether it was done");
  }

  @Test
  void tellsEqualQuestionsApart(Browsers browsers, Product product) {
    var told =
        new ToldConversation()
            .turn("Buy 2 headphones twice", "Your approval is needed.")
            .call(call ->
                call.of("one", "shop_online", QUESTION, TWO).awaiting(Duration.ofMinutes(4)))
            .call(call ->
                call.of("other", "shop_online", QUESTION, TWO).awaiting(Duration.ofMinutes(4)))
            .call(call ->
                call.of("coded", "shop_online", QUESTION + " (K7QX)", TWO)
                    .awaiting(Duration.ofMinutes(4)));
    ChatPage chat = open(told, browsers, product);
    Locator asked = chat.cards().locator(".call-receipt time");
    assertThat(asked).hasCount(3);
    assertThat(asked.allInnerTexts()).doesNotHaveDuplicates();
    assertThat(chat.card("2 headphones (K7QX)").bindingMessage()).containsText("(K7QX)");
  }

  @ParameterizedTest
  @CsvSource({"de-DE, '05.11.2024|5. Nov. 2024', 14:03", "en-US, 'Nov 5, 2024', '2:03'"})
  void writesTimesAsTheReaderDoes(
      String locale, String day, String time, Browsers browsers, Product product) {
    var told =
        new ToldConversation(Instant.parse("2024-11-05T14:02:50Z"))
            .turn("Good day", "Good day to you.");
    Page page = browsers.openIn(locale).openTab();
    SignIn.at(page, product.base()).as("bob");
    Locator said = told.open(page, product.base()).userMessages().locator("time");
    assertThat(said).hasAttribute("datetime", "2024-11-05T14:03:00Z");
    assertThat(said).containsText(Pattern.compile(day));
    assertThat(said).containsText(time);
  }

  @Test
  void saysHowLongAgoWithinTheHour(Browsers browsers, Product product) {
    var told =
        new ToldConversation(Instant.now().minusSeconds(5 * 60 + 12))
            .turn("Good day", "Good day to you.");
    ChatPage chat = open(told, browsers, product);
    assertThat(chat.userMessages().locator("time")).hasText("5 min. ago");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1440})
  void keepsTheHeadOfANewCardInView(int width, Browsers browsers, Product product) {
    var told = new ToldConversation();
    for (int i = 0; i < 6; i++) {
      told.turn("Hello " + i, "Hello to you.");
    }
    told.turn("Book the trip", "Your approval is needed.")
        .call(CallStories.AWAITING_APPROVAL.asTrip());
    Page page = browsers.open(width, 640, ColorScheme.LIGHT).openTab();
    SignIn.at(page, product.base()).as("bob");
    ChatPage chat = told.open(page, product.base());
    Locator head = chat.cards().locator(".call-head");
    assertThat(head).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
    assertThat(chat.cards().getByText("京都への旅行")).isInViewport();
    if (Screenshots.areAsked()) {
      Screenshots.take(page, "head-" + width);
    }
  }

  @Test
  void leadsToTheNewestFromAnywhere(Browsers browsers, Product product) {
    var told = new ToldConversation();
    for (int i = 0; i < 20; i++) {
      told.turn("Hello " + i, "Hello to you.");
    }
    ChatPage chat = open(told, browsers, product);
    assertThat(chat.assistantMessages().last()).isInViewport();
    assertThat(chat.button("To the newest")).isHidden();
    chat.userMessages().first().scrollIntoViewIfNeeded();
    if (Screenshots.areAsked()) {
      Screenshots.take(chat.page(), "jump");
    }
    chat.button("To the newest").click();
    assertThat(chat.assistantMessages().last()).isInViewport();
    assertThat(chat.button("To the newest")).isHidden();
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1440})
  void breaksNamesThatAreLongerThanTheWindow(int width, Browsers browsers, Product product) {
    String name = "n".repeat(100);
    var told =
        new ToldConversation()
            .turn(name, name)
            .call(call ->
                call.of("long", "t".repeat(40), name, Map.of(name, name, "list", name))
                    .approved()
                    .done(name))
            .turn(name, name)
            .news("long", name);
    Page page = browsers.open(width, 740, ColorScheme.LIGHT).openTab();
    SignIn.at(page, product.base()).as("bob");
    ChatPage chat = told.open(page, product.base());
    assertThat(chat.cards()).hasCount(1);
    Fit.check(page, "names of 100 letters");
  }

  @Test
  void leavesADisabledSendReadableUnderTheMouse(Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    chat.button("Send").hover();
    assertThat(chat.button("Send")).hasAttribute("aria-disabled", "true");
    assertThat(chat.button("Send").evaluate(CONTRAST))
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isGreaterThan(4.5); // WCAG 2.2, 1.4.3; axe-core passes over what is disabled
  }

  private static PurchaseCard only(
      Browsers browsers, Product product, UnaryOperator<ToldCall> story) {
    var told = new ToldConversation().turn("Please", "Your approval is needed.").call(story);
    Locator card = open(told, browsers, product).cards();
    assertThat(card).hasCount(1);
    return new PurchaseCard(card);
  }

  private static ChatPage open(ToldConversation told, Browsers browsers, Product product) {
    Page page = browsers.open().openTab();
    SignIn.at(page, product.base()).as("alice");
    return told.open(page, product.base());
  }

  private static BoundingBox box(Locator locator) {
    return Objects.requireNonNull(locator.boundingBox());
  }
}
