package com.example.desk;

import dev.countersign.devservices.StandIns;
import dev.countersign.devservices.tenant.IdentityTenant;
import java.net.URI;

/** What the desk needs beside it: started once for all tests, it ends with their JVM. */
final class Services {
  private static final StandIns STAND_INS = StandIns.start();
  static final IdentityTenant TENANT = STAND_INS.tenant();
  static final BackOfficeServer BACK_OFFICE =
      new BackOfficeServer(URI.create("http://localhost:0"), TENANT);

  private Services() {}

  /** Arguments with which the desk finds them. */
  static String[] arguments() {
    return STAND_INS.arguments("--desk.back-office=" + BACK_OFFICE.url());
  }
}
