package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.loopback.Fault;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ping mode, and the application is killed. */
class PingCrashIT {
  private static final Duration HOLD = Duration.ofMinutes(2);
  private static final String MESSAGE = "Do you want to buy 2 drums";

  /** The heartbeat timeout of the wait, and a process to start. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void asksOnceMoreWhenKilledWithTheTokenAndAPingInHand() {
    try (Product product = new Product();
        NotifyingTenant provider = NotifyingTenant.before(product.tenant);
        AppProcess app =
            AppProcess.launch(
                    product,
                    "ping",
                    Map.of("CIBA_DELIVERY_MODE", "ping", "COUNTERSIGN_CIBA_SAFETYINTERVAL", "3s"))
                .awaitReady();
        Histories histories = new Histories(product)) {
      provider.notifies(app.as("alice").base() + "/ciba/notification");
      String id = app.as("alice").buy(2, "drums");
      Product.awaitStatus(app.as("alice"), id, "AWAITING_APPROVAL");
      product.tenant.faults().next("token", 1, new Fault.HoldAfter(HOLD));
      product.phoneOf("alice").approve(MESSAGE);
      await().atMost(Product.PATIENCE).until(() -> product.tenant.faults().held("token") == 1);
      assertThat(provider.ping(MESSAGE)).isEqualTo(204);
      await()
          .atMost(Product.PATIENCE)
          .until(() ->
              histories.count(
                      id,
                      event ->
                          event.getEventType()
                              == EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED)
                  == 1);
      app.kill();
      provider.clearFaults();
      app.launchAgain();
      app.awaitReady();
      await().atMost(PATIENCE).until(() -> product.phoneOf("alice").requests(MESSAGE).size() == 2);
      assertThat(product.orders("drums")).isEmpty();
      product.phoneOf("alice").approveNewest(MESSAGE, 2);
      Product.awaitStatus(app.as("alice"), id, "ORDERED");
      assertThat(product.orders("drums")).hasSize(1);
    }
  }
}
