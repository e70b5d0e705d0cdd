package dev.countersign;

import dev.countersign.purchase.PurchaseActivitiesImpl;
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
  PurchaseActivitiesImpl purchaseActivities(
      ShopClient client, Vault vault, ApprovalProperties approval, ShopProperties shop) {
    return new PurchaseActivitiesImpl(
        client,
        vault,
        new PurchaseSettings(
            approval.scopes(),
            approval.audience(),
            approval.requestedExpiry(),
            shop.callTimeout(),
            shop.idempotent(),
            shop.giveUpAfter()));
  }
}
