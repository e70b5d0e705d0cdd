/**
 * The building block: a durable human approval, for any workflow and any kind of action. Start at
 * {@link dev.countersign.approval.Approvals}, which workflow code calls in one line; it runs the
 * activities of {@link dev.countersign.approval.ApprovalActivities}. Knows nothing of purchases,
 * shops or chats.
 */
@NullMarked
package dev.countersign.approval;

import org.jspecify.annotations.NullMarked;
