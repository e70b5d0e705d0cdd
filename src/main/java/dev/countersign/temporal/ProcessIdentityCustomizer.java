package dev.countersign.temporal;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Names this process at Temporal as no other one, and no earlier one, is named: a container that is
 * started again has the same host name and process id.
 */
final class ProcessIdentityCustomizer
    implements TemporalOptionsCustomizer<WorkflowClientOptions.Builder> {
  private static final int RANDOM_BYTES = 4;

  private final String identity;

  ProcessIdentityCustomizer() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    identity =
        ManagementFactory.getRuntimeMXBean().getName() + "-" + HexFormat.of().formatHex(random);
  }

  @Override
  public WorkflowClientOptions.Builder customize(WorkflowClientOptions.Builder options) {
    return options.setIdentity(identity);
  }
}
