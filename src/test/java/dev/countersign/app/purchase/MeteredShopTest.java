package dev.countersign.app.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.shop.BearerToken;
import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.Order;
import dev.countersign.app.shop.OrderAnswer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeteredShopTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_900_000_000);
  private static final Order LAMP = new Order("lamp", 1, null);
  private static final BearerToken TOKEN = new BearerToken("token");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeShop shop = new FakeShop(Clock.systemUTC());
  private final MeteredShop metered = new MeteredShop(shop, registry, () -> NOW);

  private double up() {
    return registry.get("countersign.peer.up").tag("peer", "shop").gauge().value();
  }

  private double order(OrderAnswer answer) {
    shop.next(answer);
    assertThat(metered.order(LAMP, TOKEN, "key")).isEqualTo(answer);
    return up();
  }

  private double lookUp(LookUpAnswer answer) {
    shop.nextLookUp(answer);
    assertThat(metered.lookUp(TOKEN, "key")).isEqualTo(answer);
    return up();
  }

  @Test
  void tellsHowTheShopWasWhenItWasAskedLast() {
    assertThat(up()).isNaN();

    assertThat(order(new OrderAnswer.Unknown("The answer was lost"))).isZero();
    assertThat(lookUp(new LookUpAnswer.NotFound())).isOne();
    assertThat(lookUp(new LookUpAnswer.Unknown("busy", null))).isZero();
    assertThat(order(new OrderAnswer.Refused(409, "Sold out"))).isOne();
    assertThat(order(new OrderAnswer.NotSent("no route"))).isZero();
    assertThat(registry.get("countersign.peer.answered").gauge().value())
        .isEqualTo(1_900_000_000.0);
  }
}
