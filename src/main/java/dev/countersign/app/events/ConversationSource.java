package dev.countersign.app.events;

import dev.countersign.app.call.CallView;
import dev.countersign.app.chat.conversation.ConversationNotFoundException;
import dev.countersign.app.chat.conversation.ConversationState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a feed is made of: one conversation and its calls. */
interface ConversationSource {
  /**
   * The conversation as it stands.
   *
   * @throws ConversationNotFoundException if it isn't there
   */
  ConversationState conversation();

  /** What may be shown of the answer that it is giving; null: nothing yet. */
  @Nullable String draft();

  /** One of its calls as it stands; empty: it isn't there any more. */
  Optional<CallView> call(String id);

  /** Those of its calls that are there, as they stand. */
  List<CallView> calls(List<String> ids);

  /** The history of the conversation's workflow, or of a call's. */
  History history(String workflowId);
}
