package dev.countersign.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.countersign.e2e.Product;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that the server doesn't take at the first try: none is lost, and none counts twice. */
@WithBrowser
class SendingIT {
  private static final String FULL = "This conversation is full. Please start a new conversation.";

  /** What the page hears, and what it makes of it. */
  @ParameterizedTest
  @CsvSource({
    "401, Nobody is known, signed out before an answer came",
    "403, No token, reload",
    "429, Please send it when the others are answered, when the others are answered",
    "503, Send it with the same Idempotency-Key, has a problem at the moment",
    "504, Send it with the same Idempotency-Key, is still working on the answer",
  })
  void sendsUnderTheSameKeyWhenTriedAgain(
      int status, String detail, String words, Browsers browsers, Product product) {
    Page page = browsers.open().expecting("status of " + status).openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    Sends sends = Sends.of(page).answerNext(status, detail);
    if (status == 403) {
      sends.answerNext(status, detail); // the page looks for a new token before it gives up
    }
    chat.say("Trouble " + status);
    assertThat(chat.failures()).containsText(words);
    assertThat(chat.userMessages()).containsText("Trouble " + status);
    assertThat(chat.composer()).hasValue("");
    chat.tryAgain().click();
    chat.hears("offline model");
    assertThat(chat.failures()).isHidden();
    assertThat(chat.notice()).isHidden();
    assertThat(chat.userMessages()).hasCount(1);
    assertThat(sends.keys()).hasSizeGreaterThan(1).containsOnly(sends.keys().getFirst());
  }

  /** The server has taken the message, and its answer is lost together with the page. */
  @Test
  void sendsUnderTheSameKeyAfterAReload(Browsers browsers, Product product) {
    Page page = browsers.open().expecting("net::ERR_FAILED", "status of 401").openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    Sends sends = Sends.of(page).meddleNext(SendingIT::loseAnswer);
    chat.say("Buy 21 candles");
    assertThat(chat.failures()).containsText("can’t be reached");
    page.reload();
    assertThat(chat.shown().failures()).containsText("can’t be reached");
    sends.answerNext(401, "The session has ended");
    chat.tryAgain().click();
    assertThat(chat.failures()).containsText("signed out");
    chat.tryAgain().click();
    PurchaseCard card = chat.card("21 candles").awaiting("AWAITING_APPROVAL");
    assertThat(chat.cards()).hasCount(1);
    assertThat(sends.keys()).hasSize(4).containsOnly(sends.keys().getFirst());
    card.cancel().click();
    card.awaiting("CANCELLED");
  }

  private static void loseAnswer(Route route) {
    route.fetch();
    route.abort();
  }

  @Test
  void givesTheTextBackToBeSentUnderAnotherKeyWhenTheKeyIsUsedUp(
      Browsers browsers, Product product) {
    Page page = browsers.open().expecting("status of 422").openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    Sends sends = Sends.of(page).answerNext(422, "This Idempotency-Key was used before");
    chat.say("Under a used key");
    assertThat(chat.notice()).containsText("Please send it again");
    assertThat(chat.userMessages()).hasCount(0);
    assertThat(chat.composer()).hasValue("Under a used key");
    chat.composer().press("Enter");
    chat.hears("offline model");
    assertThat(chat.notice()).isHidden();
    assertThat(sends.keys().stream().distinct()).hasSize(2);
  }

  @Test
  void takesTheTextToANewConversationWhenThisOneIsFull(Browsers browsers, Product product) {
    Page page = browsers.open().expecting("status of 409").openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    chat.say("Nearly full");
    chat.hears("offline model");
    chat.conversations().startNew().click();
    chat.composer().fill("A draft");
    page.goBack();
    assertThat(chat.userMessages()).hasCount(1);
    Sends.of(page).answerNext(409, FULL);
    chat.say("One too many");
    assertThat(chat.notice()).containsText(FULL);
    assertThat(chat.composer()).hasValue("One too many");
    chat.beginFromNotice().click();
    assertThat(chat.userMessages()).hasCount(0);
    assertThat(chat.composer()).hasValue("One too many\nA draft");
    assertThat(chat.composer()).isFocused();
    chat.composer().press("Enter");
    chat.hears("offline model");
    assertThat(chat.conversations().current()).containsText("One too many");
  }

  @Test
  void keepsTheTextWhereItWasSentWhenItIsRefusedMeanwhile(Browsers browsers, Product product) {
    Page page = browsers.open().expecting("status of 409").openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    chat.say("Left for a moment");
    chat.hears("offline model");
    CompletableFuture<Route> held = new CompletableFuture<>();
    Sends.of(page).meddleNext(held::complete);
    chat.say("Refused while away");
    assertThat(chat.userMessages()).hasCount(2);
    chat.conversations().startNew().click();
    page.waitForCondition(held::isDone);
    Sends.answer(held.join(), 409, FULL);
    assertThat(chat.notice()).containsText("waits in its conversation");
    assertThat(chat.composer()).hasValue("");
    page.goBack();
    assertThat(chat.conversations().current()).hasText("Left for a moment");
    assertThat(chat.composer()).hasValue("Refused while away");
  }

  @Test
  void givesTheTextBackWhenTheConversationThatItBeganIsDeleted(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting("net::ERR_FAILED", "status of 404");
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("bob");
    Sends.of(page).meddleNext(SendingIT::loseAnswer);
    chat.say("Begun and deleted");
    assertThat(chat.tryAgain()).isVisible();
    Page other = agent.openTab();
    other.navigate(product.base());
    ConversationList list = new ChatPage(other).shown().conversations();
    list.delete("Begun and deleted");
    list.dialogButton("Delete").click();
    assertThat(list.dialog()).isHidden();
    chat.tryAgain().click();
    assertThat(chat.notice()).containsText("was deleted");
    assertThat(chat.composer()).hasValue("Begun and deleted");
    chat.composer().press("Enter");
    chat.hears("offline model");
  }

  @Test
  void goesOnLiveWhenSignedInAgainInAnotherTab(Browsers browsers, Product product) {
    UserAgent agent = browsers.open().expecting("status of 401");
    Page page = agent.openTab();
    ChatPage chat = SignIn.at(page, product.base()).as("alice");
    chat.say("Hello once more");
    chat.hears("offline model");
    agent.forgetCookie("COUNTERSIGN_SESSION");
    chat.say("Buy 22 carpets");
    assertThat(chat.notice()).containsText("session has ended");
    Page other = agent.openTab();
    SignIn visitor = SignIn.at(other, product.base());
    visitor.link().click(); // the tenant still knows who it is
    new ChatPage(other).shown();
    chat.tryAgain().click();
    PurchaseCard card = chat.card("22 carpets").awaiting("AWAITING_APPROVAL");
    assertThat(chat.notice()).isHidden();
    product.phoneOf("alice").approve("Do you want to buy 22 carpets");
    card.awaiting("DONE");
  }
}
