package dev.countersign.keycloak;

import dev.countersign.devservices.loopback.FreePort;
import java.nio.file.Path;

/**
 * A running Keycloak with the realm {@code countersign} of {@code keycloak/realm.json}, and what
 * stands around it: the users' phone, the administrator, certificates. One process serves http and
 * https; the issuer is the address by which it is called.
 */
public final class Keycloak implements AutoCloseable {
  static final String REALM = "countersign";
  static final String DEMO = "demo";

  private final int port;
  private final int tlsPort;
  private final KeycloakCertificates certificates;
  private final KeycloakPhone phone;
  private final KeycloakServer server;
  private final ClientKeys clientKeys;

  private Keycloak(
      int port,
      int tlsPort,
      KeycloakCertificates certificates,
      KeycloakPhone phone,
      KeycloakServer server,
      ClientKeys clientKeys) {
    this.port = port;
    this.tlsPort = tlsPort;
    this.certificates = certificates;
    this.phone = phone;
    this.server = server;
    this.clientKeys = clientKeys;
  }

  /** Returns when the realm answers. */
  static Keycloak start() {
    Path home = KeycloakDistribution.freshHome();
    KeycloakCertificates certificates = KeycloakCertificates.into(home.resolve("data"));
    int port = FreePort.next();
    int tlsPort = FreePort.next();
    KeycloakPhone phone = KeycloakPhone.start(certificates.sslContext());
    ClientKeys clientKeys = new ClientKeys();
    phone.publish(clientKeys.jwks());
    try {
      KeycloakServer server = KeycloakServer.start(home, port, tlsPort, phone.url());
      return new Keycloak(port, tlsPort, certificates, phone, server, clientKeys);
    } catch (RuntimeException | Error e) {
      phone.close();
      throw e;
    }
  }

  /** The realm's issuer over http. */
  public String issuer() {
    return "http://127.0.0.1:" + port + "/realms/" + REALM;
  }

  /** The issuer, over http, of the realm that {@code docker-compose.yml}'s demo has. */
  public String demoIssuer() {
    return issuer(DEMO);
  }

  /** The issuer of another realm over http. */
  String issuer(String realm) {
    return "http://127.0.0.1:" + port + "/realms/" + realm;
  }

  /** The issuer of another realm over https. */
  String tlsIssuer(String realm) {
    return "https://127.0.0.1:" + tlsPort + "/realms/" + realm;
  }

  /** The same realm's issuer over https. */
  public String tlsIssuer() {
    return "https://127.0.0.1:" + tlsPort + "/realms/" + REALM;
  }

  /** What the users see and decide. */
  public KeycloakPhone phone() {
    return phone;
  }

  /** Changes the realm. */
  public KeycloakAdmin admin() {
    return new KeycloakAdmin("http://127.0.0.1:" + port);
  }

  KeycloakCertificates certificates() {
    return certificates;
  }

  ClientKeys clientKeys() {
    return clientKeys;
  }

  @Override
  public void close() {
    server.close();
    phone.close();
  }
}
