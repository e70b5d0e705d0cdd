package dev.countersign.app.purchase;

import dev.countersign.app.shop.HttpShopClient;
import dev.countersign.app.shop.MockShopClient;
import dev.countersign.app.shop.ShopClient;
import dev.countersign.app.shop.ShopSite;
import dev.countersign.autoconfigure.HttpClients;
import java.net.URI;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Purchases at the shop of the settings; without one, orders are mocked. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShopProperties.class)
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
}
