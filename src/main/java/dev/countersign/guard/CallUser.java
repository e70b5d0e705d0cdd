package dev.countersign.guard;

import dev.countersign.approval.Approver;
import org.jspecify.annotations.Nullable;

/**
 * The user in whose name a call is made, and who is asked.
 *
 * @param sub who they are at the issuer that logged them in
 * @param approver how the provider that asks them knows them; null: by the {@code sub}
 * @param conversation names the conversation in which they make the call, among theirs: an approval
 *     that is remembered in its conversation ({@link Remember#CONVERSATION}) covers calls of the
 *     same name here; null: in none
 */
public record CallUser(String sub, @Nullable Approver approver, @Nullable String conversation) {

  /** In no conversation. */
  public CallUser(String sub, @Nullable Approver approver) {
    this(sub, approver, null);
  }

  /** The same user in that conversation, unless they are in one already. */
  public CallUser in(String conversation) {
    return this.conversation == null ? new CallUser(sub, approver, conversation) : this;
  }
}
