package dev.countersign.app.chat.budget;

import java.time.Instant;

/**
 * What users may use, over all their conversations. Who owns a conversation is in its id. Where
 * nobody can decide, leave is given: a user isn't kept waiting for Temporal's trouble, and what is
 * used then is counted as soon as that can be told. Where more is asked at once than can be
 * decided, there is none for the moment.
 */
public interface ChatBudget {
  /** No limits. */
  ChatBudget UNLIMITED =
      new ChatBudget() {
        @Override
        public Leave begin(String conversation) {
          return Leave.given(Instant.EPOCH);
        }

        @Override
        public Leave spend(String conversation, String call, long expected) {
          return Leave.given(Instant.EPOCH);
        }

        @Override
        public void spent(String conversation, String call, long tokens) {
          // nobody counts
        }
      };

  /**
   * Asks whether a conversation may be begun. If so, it is counted, once however often that is
   * asked.
   *
   * @param conversation its id
   */
  Leave begin(String conversation);

  /**
   * Asks whether the model may be asked. If so, what that may use counts as used, until it is known
   * what it has: so no number of calls at once is more than is left, but for the last of them.
   *
   * @param conversation in which it is asked
   * @param call names the call, and the attempt
   * @param expected tokens that it may use
   */
  Leave spend(String conversation, String call, long expected);

  /**
   * Tells what a call of the model has used; the same again counts once. Never throws.
   *
   * @param call as before
   * @param tokens 0 or more
   */
  void spent(String conversation, String call, long tokens);
}
