package dev.countersign.autoconfigure;

import dev.countersign.guard.Remember;
import dev.countersign.guard.RememberRules;
import dev.countersign.guard.ToolRules;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The settings {@code countersign.tools.<name>.*}: what the operator says of one tool. They may
 * tighten what its annotation says, and never loosen it; of a tool without an annotation, which a
 * tool provider offers, they say all. Of a tool's name only letters and digits count, in any case,
 * so that environment variables can say it: {@code shop_online} is {@code SHOPONLINE} there.
 */
final class ToolSettings implements ToolRules.Settings {
  private static final String PREFIX = "countersign.tools";
  private static final List<String> NAMES =
      List.of(
          "message",
          "details",
          "scopes",
          "audience",
          "acr",
          "expiry",
          "await",
          "idempotent",
          "timeout",
          "give-up-after",
          "settle-within",
          "unseen",
          "always-ask",
          "remember",
          "remember-for",
          "remember-any");

  private static final Set<String> KNOWN =
      NAMES.stream().map(ToolSettings::canonical).collect(Collectors.toUnmodifiableSet());

  private final Binder binder;

  ToolSettings(Environment environment) {
    binder = Binder.get(environment);
  }

  /**
   * What can be set; not private, or it would not be bound.
   *
   * @param message what the user's device shows
   * @param details rich authorization details (RFC 9396)
   * @param scopes of the approved token, instead of the method's
   * @param audience the API that the token is for
   * @param acr how strongly the user should authenticate, wanted more than the method's own
   * @param expiry how long the user should have for the answer; no longer than the method says
   * @param await how long a caller waits for the end
   * @param idempotent false: not, whatever the method says; true only of a tool without an
   *     annotation
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
  record Said(
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
      @Nullable List<String> rememberAny) {}

  @Override
  public ToolRules of(String tool, ToolRules rules) {
    Said said = said(tool);
    return said == null ? rules : tightened(PREFIX + "." + tool, rules, said);
  }

  @Override
  public Optional<ToolRules> ofOffered(String tool) {
    Said said = canonical(tool).isEmpty() ? null : said(tool);
    if (said == null) {
      return Optional.empty();
    }
    if (said.message() == null || said.message().isBlank()) {
      throw new IllegalArgumentException(
          "%s.%s.message must be set: without one nobody can be asked to approve a call of the tool."
              .formatted(PREFIX, tool));
    }
    return Optional.of(
        new ToolRules(
            said.message(),
            or(said.details(), ""),
            or(said.scopes(), List.of()),
            or(said.audience(), ""),
            or(said.acr(), List.of()),
            text(said.expiry(), ""),
            text(said.await(), ""),
            or(said.idempotent(), false),
            text(said.timeout(), ""),
            text(said.giveUpAfter(), ""),
            text(said.settleWithin(), ""),
            or(said.unseen(), List.of()),
            or(said.alwaysAsk(), false),
            rememberedOfOffered(PREFIX + "." + tool, said)));
  }

  @Override
  public boolean mayRememberOffered() {
    return all().keySet().stream().anyMatch(this::mayRemember);
  }

  /** Of a tool of which something is set. */
  private boolean mayRemember(String name) {
    try {
      Said said = said(name);
      return said != null && or(said.remember(), Remember.NEVER) != Remember.NEVER;
    } catch (IllegalArgumentException _) { // of a value that can't be
      return true;
    }
  }

  private static RememberRules rememberedOfOffered(String setting, Said said) {
    RememberRules rules =
        new RememberRules(
            or(said.remember(), Remember.NEVER),
            text(said.rememberFor(), ""),
            or(said.rememberAny(), List.of()));
    if (Boolean.TRUE.equals(said.alwaysAsk()) && rules.where() != Remember.NEVER) {
      throw new IllegalArgumentException(
          setting + ".remember must be NEVER where .always-ask is true.");
    }
    return rules;
  }

  private @Nullable Said said(String tool) {
    try {
      return binder.bind(PREFIX + "." + canonical(tool), Bindable.of(Said.class)).orElse(null);
    } catch (BindException e) {
      throw new IllegalArgumentException(
          "%s.%s has a value that can't be: %s."
              .formatted(PREFIX, tool, rootMessage(e).replaceAll("\\.$", "")),
          e);
    }
  }

  private static ToolRules tightened(String setting, ToolRules rules, Said said) {
    if (Boolean.TRUE.equals(said.idempotent()) && !rules.idempotent()) {
      throw new IllegalArgumentException(
          setting
              + ".idempotent must not be true: the method doesn't say that it is idempotent, and its"
              + " author must know.");
    }
    if (said.unseen() != null) {
      throw new IllegalArgumentException(
          setting
              + ".unseen must not be set: what the user needn't see, the method's author must say.");
    }
    return new ToolRules(
        or(said.message(), rules.message()),
        or(said.details(), rules.details()),
        or(said.scopes(), rules.scopes()),
        or(said.audience(), rules.audience()),
        both(said.acr(), rules.acr()),
        expiry(setting, said.expiry(), rules.expiry()),
        text(said.await(), rules.await()),
        or(said.idempotent(), rules.idempotent()),
        text(said.timeout(), rules.timeout()),
        text(said.giveUpAfter(), rules.giveUpAfter()),
        text(said.settleWithin(), rules.settleWithin()),
        rules.unseen(),
        Boolean.TRUE.equals(said.alwaysAsk()),
        remembered(setting, said, rules.remember()));
  }

  /** Whoever wants the user to be asked always wants no earlier approval to do. */
  private static RememberRules remembered(String setting, Said said, RememberRules own) {
    Remember where = or(said.remember(), own.where());
    if (where.compareTo(own.where()) > 0) {
      throw new IllegalArgumentException(
          "%s.remember must not be %s: the method says %s, and its author must know."
              .formatted(setting, where, own.where()));
    }
    if (said.rememberAny() != null && !own.any().containsAll(said.rememberAny())) {
      throw new IllegalArgumentException(
          setting
              + ".remember-any must name no argument that the method doesn't: which may differ, its"
              + " author must say.");
    }
    RememberRules rules =
        new RememberRules(
            where,
            rememberFor(setting, said.rememberFor(), own),
            or(said.rememberAny(), own.any()));
    return where == Remember.NEVER || Boolean.TRUE.equals(said.alwaysAsk())
        ? RememberRules.NEVER
        : rules;
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

  /**
   * What is set of tools that aren't there, or of no meaning, each a sentence.
   *
   * @param tools the names of all that have an annotation
   * @param more whether there are tool providers, whose tools may not be known yet
   */
  List<String> faults(List<String> tools, boolean more) {
    Map<String, String> known = new TreeMap<>();
    tools.forEach(tool -> known.put(canonical(tool), tool));
    List<String> faults = new ArrayList<>();
    all()
        .forEach((name, settings) -> {
          String tool = known.get(canonical(name));
          if (tool == null && !more) {
            faults.add(
                "%s.%s is set, but there is no guarded tool of that name; there are: %s."
                    .formatted(
                        PREFIX,
                        name,
                        tools.isEmpty() ? "none" : String.join(", ", known.values())));
            return;
          }
          List<String> meaningless = meaningless(name, settings);
          meaningless.forEach(setting ->
              faults.add(
                  "%s.%s.%s is no setting of a tool."
                      .formatted(PREFIX, tool == null ? name : tool, setting)));
          if (tool == null && meaningless.isEmpty()) {
            faults.addAll(faultsOfOffered(name));
          }
        });
    return faults;
  }

  private List<String> faultsOfOffered(String name) {
    try {
      ofOffered(name);
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private List<String> meaningless(String tool, Object settings) {
    return settings instanceof Map<?, ?> each
        ? each.keySet().stream()
            .map(String::valueOf)
            .filter(setting -> !KNOWN.contains(canonical(setting.replaceAll("\\[.*", ""))))
            .filter(setting -> !isBegunByAVariable(tool, setting))
            .toList()
        : List.of();
  }

  /** Spring Boot reads variables with {@code _} for dashes too, as {@code GIVE_UP_AFTER}. */
  private boolean isBegunByAVariable(String tool, String setting) {
    return NAMES.stream()
        .filter(name -> name.startsWith(canonical(setting) + "-"))
        .map(name -> PREFIX + "." + canonical(tool) + "." + name)
        .anyMatch(name -> binder.bind(name, String.class).isBound());
  }

  /**
   * Tools of which something is set, and which are none of these.
   *
   * @param tools the names of those
   */
  List<String> others(List<String> tools) {
    Set<String> known = tools.stream().map(ToolSettings::canonical).collect(Collectors.toSet());
    return all().keySet().stream().filter(name -> !known.contains(canonical(name))).toList();
  }

  private Map<String, Object> all() {
    return binder.bind(PREFIX, Bindable.mapOf(String.class, Object.class)).orElse(Map.of());
  }

  private static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
