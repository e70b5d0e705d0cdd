package dev.countersign.app.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who are operators.
 *
 * @param claim of an access token, or of the login's ID token, that has an operator's roles: a
 *     list, or a text with spaces between them; dots lead into claims within claims, as {@code
 *     realm_access.roles}; empty: there are no operators
 * @param value the role that an operator has there; without spaces
 */
@ConfigurationProperties("countersign.operators")
public record OperatorProperties(
    @DefaultValue("") String claim, @DefaultValue("countersign-operator") String value) {
  public OperatorProperties {
    if (value.isBlank() || value.contains(" ")) {
      throw new IllegalArgumentException(
          "countersign.operators.value (COUNTERSIGN_OPERATORS_VALUE) must be the name of one role,"
              + " without spaces.");
    }
  }

  OperatorRole role() {
    return new OperatorRole(claim.strip(), value);
  }
}
