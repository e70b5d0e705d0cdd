package dev.countersign.app.chat.budget;

/**
 * What a user may use in any 24 hours. Lives in histories: new components must be nullable.
 *
 * @param conversations most that they begin; 0: no limit
 * @param tokens after which the model isn't asked any more; 0: no limit
 */
record BudgetTerms(int conversations, long tokens) {}
