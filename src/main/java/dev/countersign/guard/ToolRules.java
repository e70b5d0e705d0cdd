package dev.countersign.guard;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said of one tool's calls, by its annotation, by settings, or by both. Durations are
 * ISO-8601 texts such as {@code PT5M}.
 *
 * @param message what the user's device shows
 * @param details rich authorization details (RFC 9396); empty: none are sent
 * @param scopes of the approved token, beside {@code openid}
 * @param audience the API that the token is for; empty: that of all tools
 * @param acr how strongly the user should authenticate, the most wanted first; empty: as for all
 *     tools
 * @param expiry how long the user should have for the answer; empty: as for all tools
 * @param await how long a caller waits for the end; empty: as for all tools
 * @param idempotent whether it does the same once for one idempotency key
 * @param timeout the longest that one run may take; empty: as for all tools
 * @param giveUpAfter how long it is run again while it says that it has done nothing; empty: as for
 *     all tools
 * @param settleWithin how long an operator can settle an unknown outcome; empty: as for all tools
 * @param unseen arguments that the user approves without seeing them
 * @param alwaysAsk whether the user is asked even if a policy finds it needless
 * @param remember whether an approval covers later calls
 */
public record ToolRules(
    String message,
    String details,
    List<String> scopes,
    String audience,
    List<String> acr,
    String expiry,
    String await,
    boolean idempotent,
    String timeout,
    String giveUpAfter,
    String settleWithin,
    List<String> unseen,
    boolean alwaysAsk,
    RememberRules remember) {

  public ToolRules {
    scopes = List.copyOf(scopes);
    acr = List.copyOf(acr);
    unseen = List.copyOf(unseen);
  }

  /** As a method's annotation has them. */
  static ToolRules of(RequiresApproval annotation) {
    return new ToolRules(
        annotation.message(),
        annotation.details(),
        List.of(annotation.scopes()),
        annotation.audience(),
        List.of(annotation.acr()),
        annotation.expiry(),
        annotation.await(),
        annotation.idempotent(),
        annotation.timeout(),
        annotation.giveUpAfter(),
        "",
        List.of(annotation.unseen()),
        false,
        new RememberRules(
            annotation.remember(), annotation.rememberFor(), List.of(annotation.rememberAny())));
  }

  /** The same with other words and details; null: these. */
  public ToolRules asking(@Nullable String message, @Nullable String details) {
    return new ToolRules(
        message == null ? this.message : message,
        details == null ? this.details : details,
        scopes,
        audience,
        acr,
        expiry,
        await,
        idempotent,
        timeout,
        giveUpAfter,
        settleWithin,
        unseen,
        alwaysAsk,
        remember);
  }

  /** What settings say of tools. */
  @FunctionalInterface
  public interface Settings {
    /** Settings that say nothing. */
    Settings NONE = (_, rules) -> rules;

    /**
     * The rules of a tool with what the settings say.
     *
     * @param rules of its annotation
     * @throws IllegalArgumentException if a setting is wrong, or would loosen a rule; the message
     *     is a sentence that names the setting
     */
    ToolRules of(String tool, ToolRules rules);

    /**
     * The rules of a tool without an annotation, which a {@link ToolSource} offers; empty: nothing
     * is said of it, so that it isn't guarded.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message is a sentence that names
     *     the setting
     */
    default Optional<ToolRules> ofOffered(String tool) {
      return Optional.empty();
    }

    /**
     * Whether approvals of calls of any tool without an annotation may be remembered; true, if that
     * can't be known.
     */
    default boolean mayRememberOffered() {
      return true;
    }
  }
}
