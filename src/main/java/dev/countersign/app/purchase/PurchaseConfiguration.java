package dev.countersign.app.purchase;

import dev.countersign.app.shop.HttpShopClient;
import dev.countersign.app.shop.MockShopClient;
import dev.countersign.app.shop.ShopClient;
import dev.countersign.app.shop.ShopSite;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.metrics.MetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Purchases at the shop of the settings; without one, orders are mocked. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShopProperties.class)
class PurchaseConfiguration {
  private static final Logger log = LoggerFactory.getLogger(PurchaseConfiguration.class);

  @Bean
  ShopClient shopClient(
      HttpClients http, ShopProperties shop, Clock clock, ObjectProvider<MeterRegistry> meters) {
    URI url = shop.url();
    log.info(
        "Orders: {}", url == null ? "made up, there is no SHOP_API_URL" : "to " + url.getHost());
    return url == null
        ? new MockShopClient()
        : new MeteredShop(
            new HttpShopClient(
                http.shop(),
                new ShopSite(
                    url, shop.lookupUrl(), shop.callTimeout(), shop.unavailableMeansNotOrdered()),
                clock),
            MetricsAutoConfiguration.registry(meters),
            clock);
  }
}
