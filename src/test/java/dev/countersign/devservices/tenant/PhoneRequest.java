package dev.countersign.devservices.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request as the phone shows it.
 *
 * @param id names it in {@code /phone/requests/{id}/approve}; not the client's {@code auth_req_id}
 * @param user the asked user's sub
 */
public record PhoneRequest(
    String id,
    String user,
    Status status,
    String bindingMessage,
    List<Map<String, Object>> authorizationDetails,
    Instant createdAt,
    Instant expiresAt) {

  /** Where the request stands. */
  public enum Status {
    @JsonProperty("pending")
    PENDING,
    @JsonProperty("approved")
    APPROVED,
    @JsonProperty("denied")
    DENIED,
    @JsonProperty("expired")
    EXPIRED
  }
}
