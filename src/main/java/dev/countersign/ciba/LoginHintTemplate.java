package dev.countersign.ciba;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the {@code login_hint} from what the login says of the user; CIBA Core 7.1 leaves its form
 * to the provider.
 */
public final class LoginHintTemplate {
  private static final String ISS_SUB = "iss_sub";
  private static final Pattern CLAIM = Pattern.compile("\\{([^{}]+)}");

  private final String template;
  private final String issuer;

  /**
   * Reads a template.
   *
   * @param template {@code iss_sub} for Auth0's JSON, or a text with names of claims in braces:
   *     {@code {sub}}, {@code {email}}, {@code {preferred_username}@example.com}
   * @param issuer the provider that asks the user, as it writes itself
   * @throws IllegalArgumentException if no claim is named
   */
  public LoginHintTemplate(String template, String issuer) {
    if (!template.equals(ISS_SUB) && !CLAIM.matcher(template).find()) {
      throw new IllegalArgumentException(
          "must be iss_sub, or name a claim of the login in braces, as {sub} or {email}, but is \""
              + template
              + "\"");
    }
    this.template = template;
    this.issuer = issuer;
  }

  /** The names of the login's claims that it needs. */
  public Set<String> claims() {
    return template.equals(ISS_SUB)
        ? Set.of("sub")
        : CLAIM.matcher(template).results().map(claim -> claim.group(1)).collect(toSet());
  }

  /**
   * Names one user.
   *
   * @param claims of the login; those that are texts count
   * @throws MissingClaimException if the login lacks a claim of the template
   */
  public UserHint.LoginHint hint(Map<String, ?> claims) throws MissingClaimException {
    if (template.equals(ISS_SUB)) {
      return new UserHint.LoginHint(
          JsonNodeFactory.instance
              .objectNode()
              .put("format", ISS_SUB)
              .put("iss", issuer)
              .put("sub", text(claims, "sub"))
              .toString());
    }
    Matcher matcher = CLAIM.matcher(template);
    StringBuilder hint = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(hint, Matcher.quoteReplacement(text(claims, matcher.group(1))));
    }
    return new UserHint.LoginHint(matcher.appendTail(hint).toString());
  }

  private static String text(Map<String, ?> claims, String claim) throws MissingClaimException {
    Object value = claims.get(claim);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new MissingClaimException(claim);
  }

  /** The login doesn't say what the template needs. */
  public static final class MissingClaimException extends Exception {
    private final String claim;

    /** The claim of this name is missing. */
    public MissingClaimException(String claim) {
      super("Your login has no claim \"" + claim + "\", by which the provider knows you");
      this.claim = claim;
    }

    /** Its name. */
    public String claim() {
      return claim;
    }
  }
}
