package dev.countersign.app.purchase;

import io.temporal.common.SearchAttributeKey;
import java.time.OffsetDateTime;
import java.util.List;

/** The search attributes of a purchase: what the Web UI and the lists can filter by. */
public final class PurchaseAttributes {
  /** Name of a {@link PurchaseStatus}. */
  public static final SearchAttributeKey<String> STATUS =
      SearchAttributeKey.forKeyword("PurchaseStatus");

  /** Digest of the user's {@code sub}: no text of a user's enters a visibility query. */
  public static final SearchAttributeKey<String> USER_ID = SearchAttributeKey.forKeyword("UserId");

  /** Until when the user can approve. */
  public static final SearchAttributeKey<OffsetDateTime> APPROVAL_EXPIRES_AT =
      SearchAttributeKey.forOffsetDateTime("ApprovalExpiresAt");

  /** All of them: the namespace must have each one, with this type. */
  public static final List<SearchAttributeKey<?>> ALL =
      List.of(STATUS, USER_ID, APPROVAL_EXPIRES_AT);

  /** Finds all purchases that wait for a decision, as visibility knows them. */
  public static final String AWAITING_APPROVAL =
      "WorkflowType = 'Purchase' AND PurchaseStatus = '"
          + PurchaseStatus.AWAITING_APPROVAL
          + "' AND ExecutionStatus = 'Running'";

  private PurchaseAttributes() {}
}
