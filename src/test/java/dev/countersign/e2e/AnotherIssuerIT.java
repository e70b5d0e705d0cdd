package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.devservices.shop.DemoShop;
import dev.countersign.devservices.shop.ShopSettings;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One issuer logs users in, another asks them; both know them by their e-mail address. */
class AnotherIssuerIT {
  private static IdentityTenant asking;
  private static DemoShop shop;
  private static Product product;

  @BeforeAll
  static void start() {
    asking = IdentityTenant.start(TenantSettings.on(0, null).withInterval(Duration.ofSeconds(1)));
    shop = DemoShop.start(ShopSettings.of(asking.issuer()));
    product =
        new Product()
            .startApplication(
                "CIBA_ISSUER=" + asking.issuer(),
                "CIBA_USER_CLAIM=email",
                "CIBA_CLIENT_SECRET=" + asking.clientSecret(),
                "countersign.shop.url=" + shop.url());
  }

  @AfterAll
  static void stop() {
    product.close();
    shop.close();
    asking.close();
  }

  @Test
  void theOtherIssuersPhoneApprovesTheOrder() {
    Api alice = product.as("alice");
    String id = alice.buy(2, "chairs");

    phone().approve("Do you want to buy 2 chairs");

    Product.awaitStatus(alice, id, "ORDERED");
    assertThat(Api.elements(new Api(shop.url(), null).get("").body())).hasSize(1);
    assertThat(product.phoneOf("alice").requests()).isEmpty();
  }

  private static Phone phone() {
    return new Phone(new Api("http://localhost:" + asking.port(), null), "alice");
  }
}
