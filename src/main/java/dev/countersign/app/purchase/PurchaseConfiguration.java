package dev.countersign.app.purchase;

import dev.countersign.app.shop.HttpShopClient;
import dev.countersign.app.shop.MockShopClient;
import dev.countersign.app.shop.ShopClient;
import dev.countersign.app.shop.ShopSite;
import dev.countersign.autoconfigure.ApprovalProperties;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.autoconfigure.ReAskProperties;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.message.MessageRules;
import dev.countersign.vault.Vault;
import java.net.URI;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Purchases at the shop of the settings; without one, orders are mocked. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  BindingMessageProperties.class,
  AuthorizationDetailsProperties.class,
  ShopProperties.class
})
class PurchaseConfiguration {

  @Bean
  ShopClient shopClient(HttpClients http, ShopProperties shop, Clock clock) {
    URI url = shop.url();
    return url == null
        ? new MockShopClient()
        : new HttpShopClient(
            http.shop(),
            new ShopSite(
                url, shop.lookupUrl(), shop.callTimeout(), shop.unavailableMeansNotOrdered()),
            clock);
  }

  @Bean
  Approvers approvers(LoginHintTemplate loginHint, CibaProperties ciba, Vault vault) {
    return new Approvers(
        new ApproverSettings(loginHint, ciba.settings().userClaim(), ciba.userCodes()), vault);
  }

  @Bean
  PurchaseSettings purchaseSettings(
      CibaProperties ciba,
      MessageRules allowed,
      BindingMessageProperties message,
      AuthorizationDetailsProperties details,
      ApprovalProperties approval,
      ReAskProperties reAsk,
      ShopProperties shop) {
    return new PurchaseSettings(
        message.rules(allowed),
        details.details(),
        approval.scopes(),
        approval.audience(),
        approval.acrValues(),
        approval.requestedExpiry(),
        reAsk.policy(),
        new OrderingSettings(
            shop.callTimeout(),
            shop.idempotent(),
            shop.giveUpAfter(),
            approval.tokenExpired() == ApprovalProperties.TokenExpired.ASK,
            shop.lookupUrl() == null ? null : shop.lookupNotFoundAfter(),
            shop.settleWithin()));
  }

  @Bean
  PhoneMessages phoneMessages(PurchaseSettings settings) {
    return new PhoneMessages(settings.bindingMessage(), settings.details());
  }

  @Bean
  PurchaseActivitiesImpl purchaseActivities(
      ShopClient client, Vault vault, PurchaseSettings settings, RemoteClocks clocks) {
    return new PurchaseActivitiesImpl(
        client, vault, settings, clocks.of(RemoteClocks.TEMPORAL).asClock());
  }
}
