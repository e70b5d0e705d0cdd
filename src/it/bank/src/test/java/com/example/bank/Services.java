package com.example.bank;

import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.security.oauth2.jwt.JwtDecoders;

/** What the bank needs beside it: started once for all tests, it ends with their JVM. */
final class Services {
  static final TemporalLauncher TEMPORAL = TemporalLauncher.start(LauncherSettings.temporary());
  static final IdentityTenant TENANT =
      IdentityTenant.start(TenantSettings.on(0, null).withInterval(Duration.ofSeconds(1)));
  static final Ledger LEDGER = new Ledger(JwtDecoders.fromIssuerLocation(TENANT.issuer()));

  private Services() {}

  /** Arguments with which the bank finds them, and some more. */
  static String[] settings(String... more) {
    return Stream.concat(
            Stream.of(
                "--bank.ledger=" + LEDGER.url(),
                "--countersign.temporal.address=" + TEMPORAL.target(),
                "--countersign.oidc.issuer=" + TENANT.issuer(),
                "--countersign.oidc.client-id=" + TENANT.clientId(),
                "--countersign.oidc.client-secret=" + TENANT.clientSecret(),
                "--countersign.ciba.profile=auth0",
                "--countersign.keys=k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
                "--countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
