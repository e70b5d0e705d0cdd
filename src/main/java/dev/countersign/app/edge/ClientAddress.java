package dev.countersign.app.edge;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By which name an address is counted: whoever has one of IPv6 has 2^64 of them (RFC 6177). */
final class ClientAddress {
  private static final int NETWORK_BYTES = 8;
  private static final int LONGEST = 64;

  /** In brackets or, of IPv4, bare; with a port as some proxies write it, or with a zone. */
  private static final Pattern WRITTEN =
      Pattern.compile("\\[?(?<address>[\\d.]+|[\\p{XDigit}:.]+)(%\\w+)?]?(:\\d{1,5})?");

  private ClientAddress() {}

  /**
   * The address itself of IPv4, the first 64 bits of one of IPv6.
   *
   * @param written as the request has it; behind a proxy, what that says it is
   */
  static String of(String written) {
    Matcher parts = WRITTEN.matcher(written);
    if (parts.matches()) {
      try {
        InetAddress address = InetAddress.ofLiteral(parts.group("address"));
        return address instanceof Inet6Address ofIpv6
            ? HexFormat.of().formatHex(Arrays.copyOf(ofIpv6.getAddress(), NETWORK_BYTES))
            : address.getHostAddress();
      } catch (IllegalArgumentException _) {
        // none, then
      }
    }
    return written.substring(0, Math.min(written.length(), LONGEST));
  }
}
