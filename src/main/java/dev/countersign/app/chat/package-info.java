/**
 * The conversation between a user and the model. Start at {@code ConversationWorkflow}. Knows
 * nothing of approvals, tokens or shops: it starts calls of guarded tools and is told how they
 * ended.
 */
@NullMarked
package dev.countersign.app.chat;

import org.jspecify.annotations.NullMarked;
