package dev.countersign;

import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.purchase.ApproverSettings;
import dev.countersign.purchase.Approvers;
import dev.countersign.purchase.BindingMessageRules;
import dev.countersign.purchase.PurchaseActivitiesImpl;
import dev.countersign.purchase.PurchaseDetails;
import dev.countersign.purchase.PurchaseSettings;
import dev.countersign.shop.HttpShopClient;
import dev.countersign.shop.MockShopClient;
import dev.countersign.shop.ShopClient;
import dev.countersign.vault.Vault;
import java.net.URI;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Purchases at the shop of the settings; without one, orders are mocked. */
@Configuration(proxyBeanMethods = false)
class PurchaseConfiguration {

  @Bean
  ShopClient shopClient(HttpClients http, ShopProperties shop, Clock clock) {
    URI url = shop.url();
    return url == null
        ? new MockShopClient()
        : new HttpShopClient(http.shop(), url, shop.callTimeout(), clock);
  }

  @Bean
  Approvers approvers(LoginHintTemplate loginHint, Vault vault) {
    return new Approvers(new ApproverSettings(loginHint, "sub", false), vault);
  }

  @Bean
  PurchaseActivitiesImpl purchaseActivities(
      ShopClient client, Vault vault, ApprovalProperties approval, ShopProperties shop) {
    return new PurchaseActivitiesImpl(
        client,
        vault,
        new PurchaseSettings(
            new BindingMessageRules(
                BindingMessageRules.DEFAULT_TEMPLATE, "[A-Za-z0-9 +\\-_.,:#]", 64, null),
            PurchaseDetails.OFF,
            approval.scopes(),
            approval.audience(),
            null,
            approval.requestedExpiry(),
            null,
            shop.callTimeout(),
            shop.idempotent(),
            shop.giveUpAfter()));
  }
}
