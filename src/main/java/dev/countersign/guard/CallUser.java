package dev.countersign.guard;

import dev.countersign.approval.Approver;
import org.jspecify.annotations.Nullable;

/**
 * The user in whose name a call is made, and who is asked.
 *
 * @param sub who they are at the issuer that logged them in
 * @param approver how the provider that asks them knows them; null: by the {@code sub}
 */
public record CallUser(String sub, @Nullable Approver approver) {}
