package dev.countersign.autoconfigure;

import dev.countersign.guard.Remember;
import dev.countersign.guard.RememberRules;
import dev.countersign.guard.ToolRules;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of one tool: it may tighten what the tool's annotation says, and never
 * loosen it.
 *
 * @param message what the user's device shows
 * @param details rich authorization details (RFC 9396)
 * @param scopes of the approved token, instead of the method's
 * @param audience the API that the token is for
 * @param acr how strongly the user should authenticate, wanted more than the method's own
 * @param expiry how long the user should have for the answer; no longer than the method says
 * @param await how long a caller waits for the end
 * @param idempotent false: not, whatever the method says; true only of a tool without an annotation
 * @param timeout the longest that one run may take
 * @param giveUpAfter how long the method is run again while it says that it has done nothing
 * @param settleWithin how long an operator can settle an unknown outcome
 * @param unseen arguments that the user approves without seeing them, of a tool without an
 *     annotation
 * @param alwaysAsk true: the user is asked even if a policy finds it needless, or an earlier
 *     approval would cover it
 * @param remember where an approval covers later calls; no more widely than the method says
 * @param rememberFor how long; no longer than the method says
 * @param rememberAny arguments that may differ; none but those that the method names
 */
record ToolSaid(
    @Nullable String message,
    @Nullable String details,
    @Nullable List<String> scopes,
    @Nullable String audience,
    @Nullable List<String> acr,
    @Nullable Duration expiry,
    @Nullable Duration await,
    @Nullable Boolean idempotent,
    @Nullable Duration timeout,
    @Nullable Duration giveUpAfter,
    @Nullable Duration settleWithin,
    @Nullable List<String> unseen,
    @Nullable Boolean alwaysAsk,
    @Nullable Remember remember,
    @Nullable Duration rememberFor,
    @Nullable List<String> rememberAny) {

  /**
   * The rules of a tool without an annotation.
   *
   * @param setting its settings' name, for sentences
   * @throws IllegalArgumentException if there can be none; the message is a sentence
   */
  ToolRules alone(String setting) {
    if (message == null || message.isBlank()) {
      throw new IllegalArgumentException(
          setting
              + ".message must be set: without one nobody can be asked to approve a call of the"
              + " tool.");
    }
    return new ToolRules(
        message,
        or(details, ""),
        or(scopes, List.of()),
        or(audience, ""),
        or(acr, List.of()),
        text(expiry, ""),
        text(await, ""),
        or(idempotent, false),
        text(timeout, ""),
        text(giveUpAfter, ""),
        text(settleWithin, ""),
        or(unseen, List.of()),
        or(alwaysAsk, false),
        rememberedAlone(setting));
  }

  /** Whether an approval of such a tool may cover later calls. */
  boolean mayRememberAlone() {
    return or(remember, Remember.NEVER) != Remember.NEVER;
  }

  private RememberRules rememberedAlone(String setting) {
    RememberRules rules =
        new RememberRules(
            or(remember, Remember.NEVER), text(rememberFor, ""), or(rememberAny, List.of()));
    if (Boolean.TRUE.equals(alwaysAsk) && rules.where() != Remember.NEVER) {
      throw new IllegalArgumentException(
          setting + ".remember must be NEVER where .always-ask is true.");
    }
    return rules;
  }

  /**
   * The rules of an annotation, tightened.
   *
   * @param setting the settings' name, for sentences
   * @throws IllegalArgumentException if they would be loosened; the message is a sentence
   */
  ToolRules tighten(String setting, ToolRules rules) {
    if (Boolean.TRUE.equals(idempotent) && !rules.idempotent()) {
      throw new IllegalArgumentException(
          setting
              + ".idempotent must not be true: the method doesn't say that it is idempotent, and its"
              + " author must know.");
    }
    if (unseen != null) {
      throw new IllegalArgumentException(
          setting
              + ".unseen must not be set: what the user needn't see, the method's author must say.");
    }
    return new ToolRules(
        or(message, rules.message()),
        or(details, rules.details()),
        or(scopes, rules.scopes()),
        or(audience, rules.audience()),
        both(acr, rules.acr()),
        expiry(setting, expiry, rules.expiry()),
        text(await, rules.await()),
        or(idempotent, rules.idempotent()),
        text(timeout, rules.timeout()),
        text(giveUpAfter, rules.giveUpAfter()),
        text(settleWithin, rules.settleWithin()),
        rules.unseen(),
        Boolean.TRUE.equals(alwaysAsk),
        remembered(setting, rules.remember()));
  }

  /** Whoever wants the user to be asked always wants no earlier approval to do. */
  private RememberRules remembered(String setting, RememberRules own) {
    Remember where = or(remember, own.where());
    if (where.compareTo(own.where()) > 0) {
      throw new IllegalArgumentException(
          "%s.remember must not be %s: the method says %s, and its author must know."
              .formatted(setting, where, own.where()));
    }
    if (rememberAny != null && !own.any().containsAll(rememberAny)) {
      throw new IllegalArgumentException(
          setting
              + ".remember-any must name no argument that the method doesn't: which may differ, its"
              + " author must say.");
    }
    RememberRules rules =
        new RememberRules(
            where, rememberFor(setting, rememberFor, own), or(rememberAny, own.any()));
    return where == Remember.NEVER || Boolean.TRUE.equals(alwaysAsk) ? RememberRules.NEVER : rules;
  }

  private static String rememberFor(String setting, @Nullable Duration said, RememberRules rules) {
    if (said == null) {
      return rules.longest();
    }
    if (rules.where() == Remember.NEVER) {
      throw new IllegalArgumentException(
          setting
              + ".remember-for must not be set: the method says that nothing is remembered, and its"
              + " author must know.");
    }
    String own = rules.longest().isEmpty() ? RememberRules.USUAL.toString() : rules.longest();
    return shortened(setting + ".remember-for", said, own);
  }

  private static String expiry(String setting, @Nullable Duration said, String own) {
    if (said == null) {
      return own;
    }
    return own.isEmpty() ? said.toString() : shortened(setting + ".expiry", said, own);
  }

  /**
   * What is set, which is no longer than the method's own; or that, if nobody can read it: whoever
   * makes the tool says what is wrong with the annotation.
   */
  private static String shortened(String setting, Duration said, String own) {
    Duration longest;
    try {
      longest = Duration.parse(own);
    } catch (DateTimeParseException _) {
      return own;
    }
    if (said.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "%s must not be longer than the method's own, %s, but is %s."
              .formatted(setting, longest, said));
    }
    return said.toString();
  }

  private static List<String> both(@Nullable List<String> first, List<String> second) {
    if (first == null) {
      return second;
    }
    List<String> all = new ArrayList<>(first);
    second.stream().filter(value -> !all.contains(value)).forEach(all::add);
    return all;
  }

  private static String text(@Nullable Duration said, String own) {
    return said == null ? own : said.toString();
  }

  private static <T> T or(@Nullable T said, T own) {
    return said == null ? own : said;
  }
}
