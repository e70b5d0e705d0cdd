package dev.countersign.devservices.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the phone shows it.
 *
 * @param id names it in {@code /phone/requests/{id}/approve}; not the client's {@code auth_req_id}
 * @param user the asked user's sub
 * @param from the address that the request came from; null: not known
 * @param decidedAt when the user answered; null: they haven't, or it isn't known
 * @param delivered whether the approval has reached whoever asked: its token was issued
 * @param asking whether whoever asked still asks for the answer; false: not for so long that the
 *     request may have been taken back, which a tenant isn't told
 */
public record PhoneRequest(
    String id,
    String user,
    Status status,
    @Nullable String from,
    String bindingMessage,
    List<Map<String, Object>> authorizationDetails,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant decidedAt,
    boolean delivered,
    boolean asking) {

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
