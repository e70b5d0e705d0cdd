package com.example.bank;

import dev.countersign.devservices.loopback.PortVariable;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.security.oauth2.jwt.JwtDecoders;

/** What the bank needs beside it; it ends with this JVM. */
record Services(TemporalLauncher temporal, IdentityTenant tenant, CoreSystem core) {

  /** On free ports, with nothing kept: for tests. */
  static Services temporary() {
    return of(
        TemporalLauncher.start(LauncherSettings.temporary()),
        TenantSettings.on(0, null).withInterval(Duration.ofSeconds(1)));
  }

  /** On the usual ports, which environment variables move, with what outlives a restart. */
  static Services kept(Path data) {
    return of(
        TemporalLauncher.start(
            LauncherSettings.wellKnown(data.resolve("temporal.db"), System::getenv)),
        TenantSettings.on(
            new PortVariable(IdentityTenant.PORT_SETTING, 9000).in(System::getenv),
            data.resolve("tenant")));
  }

  private static Services of(TemporalLauncher temporal, TenantSettings settings) {
    IdentityTenant tenant = IdentityTenant.start(settings.withApiAudience("bank"));
    return new Services(
        temporal, tenant, new CoreSystem(JwtDecoders.fromIssuerLocation(tenant.issuer())));
  }

  /** Arguments with which the bank finds them, and some more. */
  String[] settings(String... more) {
    return Stream.concat(
            Stream.of(
                "--bank.core=" + core.url(),
                "--countersign.temporal.address=" + temporal.target(),
                "--countersign.oidc.issuer=" + tenant.issuer(),
                "--countersign.oidc.client-id=" + tenant.clientId(),
                "--countersign.oidc.client-secret=" + tenant.clientSecret(),
                "--countersign.ciba.profile=auth0",
                "--countersign.ciba.starts-per-user-and-minute=1000", // unlike Auth0's
                "--countersign.keys=k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
                "--countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
