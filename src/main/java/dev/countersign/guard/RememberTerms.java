package dev.countersign.guard;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How approvals of a tool's calls are remembered.
 *
 * @param where they cover later calls, not {@link Remember#NEVER}
 * @param longest how long
 * @param any names of the arguments that may differ
 */
record RememberTerms(Remember where, Duration longest, List<String> any) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Of a tool; empty: its users are asked for each call.
   *
   * @param terms of its calls
   * @throws IllegalArgumentException saying all that is wrong
   */
  static Optional<RememberTerms> of(ToolSignature signature, ToolRules rules, CallTerms terms) {
    RememberRules said = rules.remember();
    List<String> faults = new ArrayList<>();
    if (said.where() == Remember.NEVER) {
      if (!said.longest().isEmpty() || !said.any().isEmpty()) {
        faults.add(
            "remember must say CONVERSATION or USER where rememberFor or rememberAny is set");
      }
      throwIfAny(faults);
      return Optional.empty();
    }
    if (!rules.details().isEmpty()) {
      faults.add(
          "remember must be NEVER where there are details: what they grant is granted for one call");
    }
    if (terms.acrValues() != null) {
      faults.add(
          "remember must be NEVER where an acr is asked for, here "
              + String.join(" ", terms.acrValues())
              + ": a remembered approval would do without that authentication");
    }
    List<String> names =
        signature.parameters().stream().map(ToolSignature.Parameter::name).toList();
    said.any().stream()
        .filter(name -> !names.contains(name))
        .forEach(
            name -> faults.add("rememberAny names " + name + ", which is none of its arguments"));
    Duration longest = RememberRules.USUAL;
    try {
      longest = said.longest().isEmpty() ? longest : Duration.parse(said.longest());
      if (longest.compareTo(SHORTEST) < 0 || longest.compareTo(LONGEST) > 0) {
        faults.add("rememberFor must be PT1M to PT24H, but is " + said.longest());
      }
    } catch (DateTimeParseException e) {
      faults.add(
          "rememberFor must be an ISO-8601 duration such as PT15M, but is \""
              + said.longest()
              + "\"");
    }
    throwIfAny(faults);
    return Optional.of(new RememberTerms(said.where(), longest, said.any()));
  }

  private static void throwIfAny(List<String> faults) {
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }
}
