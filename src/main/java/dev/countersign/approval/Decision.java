package dev.countersign.approval;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.countersign.vault.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an approval ended. The names on the wire live in workflow histories: never change one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "decision")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Decision.Approved.class, name = "approved"),
  @JsonSubTypes.Type(value = Decision.Denied.class, name = "denied"),
  @JsonSubTypes.Type(value = Decision.Expired.class, name = "expired"),
  @JsonSubTypes.Type(value = Decision.Unreachable.class, name = "unreachable"),
  @JsonSubTypes.Type(value = Decision.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = Decision.Lost.class, name = "lost"),
  @JsonSubTypes.Type(value = Decision.Failed.class, name = "failed")
})
public sealed interface Decision {

  /** As it is audited, and called in histories. */
  default String label() {
    return switch (this) {
      case Approved _ -> "approved";
      case Denied _ -> "denied";
      case Expired _ -> "expired";
      case Unreachable _ -> "unreachable";
      case Rejected _ -> "rejected";
      case Lost _ -> "lost";
      case Failed _ -> "failed";
    };
  }

  /**
   * Why there is no approval, as a code that stays the same; null: there is one. Decisions from
   * histories that are older than the codes have that of their kind.
   */
  default @Nullable ApprovalError error() {
    return switch (this) {
      case Approved _ -> null;
      case Denied _ -> ApprovalError.ACCESS_DENIED;
      case Expired _ -> ApprovalError.AUTHORIZATION_REQUEST_EXPIRED;
      case Unreachable _ -> ApprovalError.USER_DOES_NOT_HAVE_PUSH_NOTIFICATIONS;
      case Rejected(_, var code) ->
          code == null ? ApprovalError.AUTHORIZATION_REQUEST_REFUSED : code;
      case Lost(_, var code) -> code == null ? ApprovalError.APPROVAL_LOST : code;
      case Failed(_, _, var code) -> code == null ? ApprovalError.PROVIDER_UNAVAILABLE : code;
    };
  }

  /**
   * The user approved, and what was granted is what was asked.
   *
   * @param token the access token, sealed for this workflow
   * @param tokenExpiresAt when the token ends; null: the provider didn't say
   * @param evidence {@link ApprovalEvidence}, sealed as the token is; null: none was kept, as in
   *     older histories
   * @param decidedIn the span of the decision, a W3C {@code traceparent}; null: there is none
   */
  record Approved(
      Sealed token,
      @Nullable Instant tokenExpiresAt,
      @Nullable Sealed evidence,
      @Nullable String decidedIn)
      implements Decision {

    /** In no span. */
    public Approved(Sealed token, @Nullable Instant tokenExpiresAt, @Nullable Sealed evidence) {
      this(token, tokenExpiresAt, evidence, null);
    }

    /** Of which no evidence is kept. */
    public Approved(Sealed token, @Nullable Instant tokenExpiresAt) {
      this(token, tokenExpiresAt, null);
    }

    /** The same, decided in that span. */
    public Approved decidedIn(@Nullable String span) {
      return new Approved(token, tokenExpiresAt, evidence, span);
    }
  }

  /** The user said no. */
  record Denied() implements Decision {}

  /** No approval arrived in time. */
  record Expired() implements Decision {}

  /** The user has no device on which to be asked. */
  record Unreachable(String reason) implements Decision {}

  /** The provider says that this can't be, or what it granted is not what was asked. */
  record Rejected(String reason, @Nullable ApprovalError code) implements Decision {}

  /** The provider no longer knows the request; an approval may have been lost with it. */
  record Lost(String reason, @Nullable ApprovalError code) implements Decision {}

  /**
   * Given up.
   *
   * @param since when it first failed
   */
  record Failed(String reason, Instant since, @Nullable ApprovalError code) implements Decision {

    /** Nobody knows what the user has decided since the provider was asked last. */
    static Failed notAskedInTime(Instant now) {
      return new Failed(
          "The identity provider could not be asked in time whether you approved",
          now,
          ApprovalError.NOT_ASKED_IN_TIME);
    }
  }
}
