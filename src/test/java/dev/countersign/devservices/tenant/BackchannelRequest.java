package dev.countersign.devservices.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that rang a phone, as it is kept.
 *
 * @param id the phone's id of it, which is no secret
 * @param authReqId the client's id of it, which is one
 * @param from the address that it came from; null: kept by a version that didn't note it
 * @param audience null: the tenant's own {@code /userinfo}
 * @param decidedAt when the user answered; null: they haven't, or a version kept it that didn't
 *     note it
 * @param used a token was issued for it
 */
record BackchannelRequest(
    String id,
    String authReqId,
    String clientId,
    @Nullable String from,
    String sub,
    String scope,
    @Nullable String audience,
    String bindingMessage,
    List<Map<String, Object>> authorizationDetails,
    Instant createdAt,
    Instant expiresAt,
    Decision decision,
    @Nullable Instant decidedAt,
    boolean used) {

  /** What the user said. */
  enum Decision {
    NONE,
    APPROVED,
    DENIED
  }

  PhoneRequest.Status status(Instant now) {
    return switch (decision) {
      case APPROVED -> PhoneRequest.Status.APPROVED;
      case DENIED -> PhoneRequest.Status.DENIED;
      case NONE ->
          now.isBefore(expiresAt) ? PhoneRequest.Status.PENDING : PhoneRequest.Status.EXPIRED;
    };
  }

  BackchannelRequest decided(Decision said, Instant at) {
    return with(said, at, used);
  }

  BackchannelRequest exchanged() {
    return with(decision, decidedAt, true);
  }

  private BackchannelRequest with(Decision said, @Nullable Instant saidAt, boolean exchanged) {
    return new BackchannelRequest(
        id,
        authReqId,
        clientId,
        from,
        sub,
        scope,
        audience,
        bindingMessage,
        authorizationDetails,
        createdAt,
        expiresAt,
        said,
        saidAt,
        exchanged);
  }

  @Override
  public String toString() {
    return "BackchannelRequest[id=" + id + ", decision=" + decision + ", used=" + used + "]";
  }
}
