package com.example.bank;

import dev.countersign.devservices.StandIns;
import java.net.URI;
import java.util.stream.Stream;

/** What the bank needs beside it: started once for all tests, it ends with their JVM. */
final class Services {
  static final StandIns STAND_INS = StandIns.start("bank");
  static final CoreSystem CORE =
      new CoreSystem(URI.create("http://localhost:0"), STAND_INS.tenant());

  private Services() {}

  /** Arguments with which the bank finds them, and some more. */
  static String[] arguments(String... more) {
    return Stream.concat(
            Stream.of(STAND_INS.arguments("--bank.core=" + CORE.url())), Stream.of(more))
        .toArray(String[]::new);
  }
}
