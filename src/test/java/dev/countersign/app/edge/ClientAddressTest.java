package dev.countersign.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:4711, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 20010db800010002",
    "2001:db8:1:2::, 20010db800010002",
    "[2001:db8:1:2::9], 20010db800010002",
    "[2001:db8:1:2::9]:4711, 20010db800010002",
    "fe80::1%eth0, fe80000000000000",
    "::1, 0000000000000000",
    "unknown, unknown"
  })
  void namesTheNetworkOfWhoeverHasAWholeOne(String address, String name) {
    assertThat(ClientAddress.of(address)).isEqualTo(name);
  }
}
