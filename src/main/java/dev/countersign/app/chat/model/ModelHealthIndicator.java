package dev.countersign.app.chat.model;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Which model speaks, where, and when it answered last. Always UP: it is asked in somebody's name
 * only, and approvals go on without it.
 */
final class ModelHealthIndicator extends AbstractHealthIndicator {
  private final ModelName name;
  private final ModelRecord record;

  ModelHealthIndicator(ModelName name, ModelRecord record) {
    this.name = name;
    this.record = record;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health
        .up()
        .withDetail("model", name.model())
        .withDetail("address", name.address())
        .withDetail(
            "lastAnswer",
            record.lastAnswer() == null ? "none since the start" : record.lastAnswer());
    ModelRecord.Failure failure = record.lastFailure();
    if (failure != null) {
      health.withDetail("failure", failure.reason()).withDetail("failedAt", failure.at());
    }
  }
}
