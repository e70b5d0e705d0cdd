package dev.countersign.autoconfigure;

import dev.countersign.clock.RemoteClock;
import dev.countersign.clock.RemoteClocks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * How far other machines' clocks are ahead of this one's, in seconds. Always UP: a wrong clock is
 * for an operator to set right, and a restart would not.
 */
final class ClocksHealthIndicator extends AbstractHealthIndicator {
  private final RemoteClocks clocks;

  ClocksHealthIndicator(RemoteClocks clocks) {
    this.clocks = clocks;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    clocks.all().forEach(clock -> health.withDetail(clock.machine(), details(clock)));
  }

  private static Map<String, Object> details(RemoteClock clock) {
    Map<String, Object> details = new LinkedHashMap<>();
    Duration skew = clock.skew();
    details.put(
        "aheadSeconds", skew == null ? "not measured" : Math.round(skew.toMillis() / 100.0) / 10.0);
    String remark = clock.remark();
    if (remark != null) {
      details.put("warning", remark);
    }
    return details;
  }
}
