/**
 * How many conversations a user may begin, and how many of the model's tokens they may use, in 24
 * hours. Counted in one workflow a user, so that no other process, no restart and no further
 * conversation begins anew. Start at {@link dev.countersign.app.chat.budget.ChatBudget}.
 */
@NullMarked
package dev.countersign.app.chat.budget;

import org.jspecify.annotations.NullMarked;
