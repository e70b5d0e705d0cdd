package dev.countersign.settings;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** What settings are called in the environment. */
public final class SettingNames {
  /**
   * Property source of an application that knows short names of settings, such as {@code
   * CLIENT_ID}, and reads them from the file {@code .env} too.
   */
  public static final String SHORT_NAMES = "countersignEnvironmentVariables";

  private static final Pattern NAMED = Pattern.compile("(countersign\\.[a-z.-]+) \\([A-Z0-9_]+\\)");

  private SettingNames() {}

  /** Whether short names are known there. */
  static boolean areShort(Environment environment) {
    return environment instanceof ConfigurableEnvironment known
        && known.getPropertySources().contains(SHORT_NAMES);
  }

  /** The variable by which Spring Boot knows a property in every application. */
  static String variable(String property) {
    return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** A sentence about a setting, in which only names stand that are known without short ones. */
  static String withoutShort(String sentence) {
    return NAMED.matcher(sentence).replaceAll(SettingNames::named);
  }

  private static String named(MatchResult match) {
    return match.group(1) + " (" + variable(match.group(1)) + ")";
  }
}
