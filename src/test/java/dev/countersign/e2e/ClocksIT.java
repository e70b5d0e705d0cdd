package dev.countersign.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.clock.RemoteClocks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An application whose clock is wrong, beside a provider, a shop and a Temporal server. */
@ExtendWith(OutputCaptureExtension.class)
class ClocksIT {
  private static Duration ahead = Duration.ZERO;

  @RegisterExtension
  static final Product product =
      new Product()
          .with(application ->
              application.registerBean(
                  "clock", Clock.class, () -> Clock.offset(Clock.systemUTC(), ahead)));

  @AfterEach
  void stopApplication() {
    product.stopApplication();
  }

  @ParameterizedTest
  @ValueSource(ints = {-90, 60, 90})
  void ordersWhatIsApprovedInTimeAndSaysHowWrongItsClockIs(int seconds, CapturedOutput output) {
    ahead = Duration.ofSeconds(seconds);
    product.startApplication("countersign.approval.requested-expiry=75s"); // less than it is off
    assertThat(output.getOut())
        .contains("that of " + product.tenant.issuer() + ": it is allowed for");
    Api alice = product.as("alice");
    String what = "sundial" + seconds + "s";
    String id = alice.buy(1, what);
    product.phoneOf("alice").approve("Do you want to buy 1 " + what);

    Product.awaitStatus(alice, id, "ORDERED");
    assertThat(product.orders(what)).hasSize(1);
    for (String machine : List.of(product.tenant.issuer(), RemoteClocks.TEMPORAL)) {
      JsonNode clock =
          await()
              .atMost(Product.PATIENCE)
              .until(() -> clocks().path(machine), found -> found.has("warning"));
      assertThat(clock.path("aheadSeconds").asDouble()).isBetween(-seconds - 2.0, -seconds + 2.0);
      String label = machine.equals(RemoteClocks.TEMPORAL) ? "temporal" : machine;
      assertThat(Scrape.of(product).sum("countersign_clock_skew_seconds", "machine=" + label))
          .isBetween(-seconds - 2.0, -seconds + 2.0);
      assertThat(clock.path("warning").asText())
          .contains("The clock of this machine is", seconds < 0 ? "behind" : "ahead of");
    }
  }

  private static JsonNode clocks() {
    String port = product.application().getEnvironment().getProperty("local.management.port");
    return new Api("http://127.0.0.1:" + port, null)
        .get("/actuator/health")
        .body()
        .path("components")
        .path("countersignClocks")
        .path("details");
  }
}
