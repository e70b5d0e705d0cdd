package dev.countersign.ciba.http;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.id.JWTID;
import dev.countersign.ciba.client.ClientAssertion;
import dev.countersign.ciba.client.RequestSigning;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** Puts all parameters of an authentication request into one signed JWT (CIBA Core 7.1.1). */
final class RequestObject {
  private final RequestSigning signing;
  private final String clientId;
  private final String issuer;
  private final Clock clock;

  RequestObject(RequestSigning signing, String clientId, String issuer, Clock clock) {
    this.signing = signing;
    this.clientId = clientId;
    this.issuer = issuer;
    this.clock = clock;
  }

  String of(Map<String, String> parameters) {
    Instant issued = clock.instant().minus(ClientAssertion.ROOM);
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    parameters.forEach((name, value) -> claims.claim(name, claim(name, value)));
    return signing
        .key()
        .sign(
            claims
                .issuer(clientId)
                .audience(issuer)
                .jwtID(new JWTID().getValue())
                .issueTime(Date.from(issued))
                .notBeforeTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(signing.lifetime())))
                .build());
  }

  /** What is JSON by nature is JSON in the JWT; providers must take a number as expiry (7.1.1). */
  private static Object claim(String name, String value) {
    return switch (name) {
      case "requested_expiry" -> Long.valueOf(value);
      case "authorization_details" -> JsonArray.values(value);
      default -> value;
    };
  }
}
