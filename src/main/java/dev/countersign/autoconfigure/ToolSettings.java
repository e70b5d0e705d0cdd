package dev.countersign.autoconfigure;

import dev.countersign.guard.ToolRules;
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

  @Override
  public ToolRules of(String tool, ToolRules rules) {
    ToolSaid said = said(tool);
    return said == null ? rules : said.tighten(PREFIX + "." + tool, rules);
  }

  @Override
  public Optional<ToolRules> ofOffered(String tool) {
    ToolSaid said = canonical(tool).isEmpty() ? null : said(tool);
    return Optional.ofNullable(said).map(all -> all.alone(PREFIX + "." + tool));
  }

  @Override
  public boolean mayRememberOffered() {
    return all().keySet().stream().anyMatch(this::mayRemember);
  }

  /** Of a tool of which something is set. */
  private boolean mayRemember(String name) {
    try {
      ToolSaid said = said(name);
      return said != null && said.mayRememberAlone();
    } catch (IllegalArgumentException _) { // of a value that can't be
      return true;
    }
  }

  private @Nullable ToolSaid said(String tool) {
    try {
      return binder.bind(PREFIX + "." + canonical(tool), Bindable.of(ToolSaid.class)).orElse(null);
    } catch (BindException e) {
      throw new IllegalArgumentException(
          "%s.%s has a value that can't be: %s."
              .formatted(PREFIX, tool, rootMessage(e).replaceAll("\\.$", "")),
          e);
    }
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
