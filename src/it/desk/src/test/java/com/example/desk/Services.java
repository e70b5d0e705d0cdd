package com.example.desk;

import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.time.Duration;
import org.springframework.security.oauth2.jwt.JwtDecoders;

/** What the desk needs beside it: started once for all tests, it ends with their JVM. */
final class Services {
  static final TemporalLauncher TEMPORAL = TemporalLauncher.start(LauncherSettings.temporary());
  static final IdentityTenant TENANT =
      IdentityTenant.start(TenantSettings.on(0, null).withInterval(Duration.ofSeconds(1)));
  static final BackOfficeServer BACK_OFFICE =
      new BackOfficeServer(JwtDecoders.fromIssuerLocation(TENANT.issuer()));

  private Services() {}

  /** Arguments with which the desk finds them. */
  static String[] settings() {
    return new String[] {
      "--desk.back-office=" + BACK_OFFICE.url(),
      "--countersign.temporal.address=" + TEMPORAL.target(),
      "--countersign.oidc.issuer=" + TENANT.issuer(),
      "--countersign.oidc.client-id=" + TENANT.clientId(),
      "--countersign.oidc.client-secret=" + TENANT.clientSecret(),
      "--countersign.ciba.profile=auth0",
      "--countersign.keys=k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
      "--countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="
    };
  }
}
