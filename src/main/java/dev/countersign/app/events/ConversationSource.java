package dev.countersign.app.events;

import dev.countersign.app.chat.ConversationNotFoundException;
import dev.countersign.app.chat.ConversationState;
import dev.countersign.app.purchase.PurchaseState;
import java.util.List;
import java.util.Optional;

/** What a feed is made of: one conversation and its purchases. */
interface ConversationSource {
  /**
   * The conversation as it stands.
   *
   * @throws ConversationNotFoundException if it isn't there
   */
  ConversationState conversation();

  /** One of its purchases as it stands; empty: it isn't there any more. */
  Optional<PurchaseState> purchase(String id);

  /** Those of its purchases that are there, as they stand. */
  List<PurchaseState> purchases(List<String> ids);

  /** The history of the conversation's workflow, or of a purchase's. */
  History history(String workflowId);
}
