package dev.countersign.settings;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for every address that tokens are sent to: https, or http on this machine. */
public final class SecureUri {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}|::1");

  private SecureUri() {}

  /**
   * Checks an address.
   *
   * @param setting how the operator knows it, as {@code countersign.shop.url (SHOP_API_URL)}
   * @throws IllegalArgumentException with a sentence that names the setting, if the address is not
   *     absolute, or is {@code http} anywhere but on loopback
   */
  public static void check(String setting, URI uri) {
    String host = uri.getHost();
    if (!isSecure(uri.getScheme(), host)) {
      throw new IllegalArgumentException(
          setting
              + " must be an https URL (http is allowed on localhost only), but is \""
              + uri
              + "\".");
    }
  }

  /** Whether a host, as an address has it, is this machine. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host) || LOOPBACK_ADDRESS.matcher(host).matches();
  }

  private static boolean isSecure(@Nullable String scheme, @Nullable String host) {
    if (scheme == null || host == null) {
      return false;
    }
    return scheme.equalsIgnoreCase("https")
        || (scheme.equalsIgnoreCase("http") && LOOPBACK.contains(host));
  }
}
