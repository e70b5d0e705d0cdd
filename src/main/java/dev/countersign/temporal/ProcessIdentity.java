package dev.countersign.temporal;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Names this process at Temporal as no other one, and no earlier one, is named: a container that is
 * started again has the same host name and process id.
 */
final class ProcessIdentity {
  private static final int RANDOM_BYTES = 4;

  private ProcessIdentity() {}

  static String next() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return ManagementFactory.getRuntimeMXBean().getName() + "-" + HexFormat.of().formatHex(random);
  }
}
