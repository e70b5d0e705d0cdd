/**
 * Conversations as workflows: turns, memory, news of calls, the list, the deletion. Start at {@code
 * ConversationWorkflow}; {@code Conversations} is the way in. Knows nothing of approvals, tokens or
 * shops: it starts calls of guarded tools and is told how they ended.
 */
@NullMarked
package dev.countersign.app.chat.conversation;

import org.jspecify.annotations.NullMarked;
