package dev.countersign.autoconfigure;

import dev.countersign.settings.SecureUri;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where connections need no TLS beyond this machine.
 *
 * @param plaintextHosts names or addresses of hosts to which the network between is trusted, so
 *     that a language model or a Temporal server there may be used without TLS
 */
@ConfigurationProperties("countersign.tls")
public record PlaintextProperties(@DefaultValue({}) Set<String> plaintextHosts) {
  public PlaintextProperties {
    plaintextHosts = Set.copyOf(plaintextHosts);
  }

  /**
   * A sentence on a connection without TLS; empty: it may be.
   *
   * @param setting how the operator knows its address
   * @param host where it leads to
   * @param remedy what to set for TLS, as an order
   */
  public List<String> faults(String setting, @Nullable String host, String remedy) {
    return host == null || SecureUri.isLoopback(host) || plaintextHosts.contains(host)
        ? List.of()
        : List.of(
            setting
                + " leads to "
                + host
                + " without TLS, where everybody on the way can read and change what is sent. "
                + remedy
                + ", or, if the network between is trusted, name the host in"
                + " countersign.tls.plaintext-hosts (COUNTERSIGN_TLS_PLAINTEXTHOSTS).");
  }
}
