package dev.countersign.app.purchase;

import dev.countersign.guard.CallState;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A purchase as the API shows it. Times are ISO-8601 in UTC.
 *
 * @param id the workflow id
 * @param conversationId the conversation in which it was asked for; null: by {@code POST
 *     /api/purchases}
 * @param qty pieces
 * @param priceLimit highest total price; null: no limit
 * @param bindingMessage what the user's phone shows
 * @param expiresAt until when the user can approve; null: not asked yet, or that time is over and
 *     nobody says what became of it
 * @param decidedAt when the user's decision arrived; null: none yet
 * @param orderedAt when the shop took the order, or that became known; null: neither
 * @param endedAt when the purchase ended, or its unknown outcome was settled; null: it has not
 * @param result the shop's number of the order, as {@code Order 1001}, or its status text if it
 *     names none; null: not ordered
 * @param reason why there is no order, a sentence for the user; null: there is one, or not ended
 * @param code why there is no order (yet), for programs; stays the same where sentences change.
 *     While the user decides {@code authorization_pending}; while others of their questions come
 *     first {@code in_line}; when their time is over, and nobody says what became of it, {@code
 *     no_answer}; at the end one of {@link dev.countersign.approval.ApprovalError}, or {@code
 *     cancelled}, {@code shop_refused}, {@code shop_unavailable}, {@code outcome_unknown}, {@code
 *     not_ordered}, {@code approval_ended}, {@code stopped} (from outside, by the operator); null:
 *     nothing is to be told
 * @param version rises with every change of what is shown here; null: not known
 */
public record PurchaseState(
    String id,
    @Nullable String conversationId,
    String product,
    int qty,
    @Nullable BigDecimal priceLimit,
    PurchaseStatus status,
    String bindingMessage,
    Instant requestedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant decidedAt,
    @Nullable Instant orderedAt,
    @Nullable Instant endedAt,
    @Nullable String result,
    @Nullable String reason,
    @Nullable String code,
    @Nullable Integer version) {
  private static final JsonMapper JSON = new JsonMapper();

  /** A call of {@code shop_online} as a purchase. */
  static PurchaseState of(CallState call) {
    JsonNode arguments = JSON.readTree(call.arguments());
    JsonNode priceLimit = arguments.path("priceLimit");
    return new PurchaseState(
        call.id(),
        call.startedBy(),
        arguments.path("product").asString(),
        arguments.path("qty").asInt(),
        priceLimit.isNull() ? null : plain(new BigDecimal(priceLimit.asString())),
        PurchaseStatus.of(call.status()),
        call.message(),
        call.requestedAt(),
        call.expiresAt(),
        call.decidedAt(),
        call.doneAt(),
        call.endedAt(),
        call.result() == null ? null : JSON.readTree(call.result()).asString(),
        call.reason(),
        code(call.code()),
        call.version());
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  private static @Nullable String code(@Nullable String code) {
    return switch (code) {
      case "refused" -> "shop_refused";
      case "not_done" -> "shop_unavailable";
      case "settled_as_not_done" -> "not_ordered";
      case null, default -> code;
    };
  }
}
