package dev.countersign.ciba;

import java.util.Map;
import java.util.Set;

/**
 * Claims of a login that may be anybody's until they were verified: users enter them themselves
 * (OpenID Connect Core 5.1 and 5.7).
 */
public final class VerifiableClaims {
  private static final Set<String> NAMES = Set.of("email", "phone_number");

  private VerifiableClaims() {}

  /** Whether a claim is one of them. */
  public static boolean has(String claim) {
    return NAMES.contains(claim);
  }

  /** The name of the claim that says whether another was verified. */
  public static String verified(String claim) {
    return claim + "_verified";
  }

  /** Whether a login says that one of its claims was verified. */
  public static boolean isVerified(Map<String, ?> login, String claim) {
    Object verified = login.get(verified(claim));
    return Boolean.TRUE.equals(verified) || "true".equals(verified); // Cognito's is a text
  }
}
