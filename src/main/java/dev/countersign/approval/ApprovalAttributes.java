package dev.countersign.approval;

import io.temporal.common.SearchAttributeKey;
import java.time.OffsetDateTime;
import java.util.List;

/** The search attributes of what waits for an approval: what the Web UI and lists filter by. */
public final class ApprovalAttributes {
  /**
   * Where it stands; {@code AWAITING_APPROVAL} while the user is asked, and while what they
   * approved is run for the first time.
   */
  public static final SearchAttributeKey<String> STATUS =
      SearchAttributeKey.forKeyword("ApprovalStatus");

  /** Name of the tool that is called; nothing where it isn't a call of one. */
  public static final SearchAttributeKey<String> TOOL = SearchAttributeKey.forKeyword("Tool");

  /**
   * Keyed digest of the user's {@code sub}: no text of a user's enters a visibility query, and
   * nobody can try names without the key. The same for all workflows of a user.
   */
  public static final SearchAttributeKey<String> USER_ID = SearchAttributeKey.forKeyword("UserId");

  /** Until when the user can approve. */
  public static final SearchAttributeKey<OffsetDateTime> APPROVAL_EXPIRES_AT =
      SearchAttributeKey.forOffsetDateTime("ApprovalExpiresAt");

  /** All of them: the namespace must have each one, with this type. */
  public static final List<SearchAttributeKey<?>> ALL =
      List.of(STATUS, TOOL, USER_ID, APPROVAL_EXPIRES_AT);

  /** Finds all that wait for a decision, as visibility knows them. */
  public static final String AWAITING_APPROVAL =
      "ApprovalStatus = 'AWAITING_APPROVAL' AND ExecutionStatus = 'Running'";

  private ApprovalAttributes() {}
}
