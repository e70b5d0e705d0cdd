package dev.countersign.devservices.tenant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;

/**
 * Compares the tenant's public passwords as they are: a hash at every poll would cost the machine a
 * core at a few polls a second.
 */
final class PlainPasswords extends AbstractValidatingPasswordEncoder {
  @Override
  protected String encodeNonNullPassword(String rawPassword) {
    return rawPassword;
  }

  @Override
  protected boolean matchesNonNull(String rawPassword, String encodedPassword) {
    return MessageDigest.isEqual(
        rawPassword.getBytes(StandardCharsets.UTF_8),
        encodedPassword.getBytes(StandardCharsets.UTF_8));
  }
}
