package dev.countersign.ciba.http;

import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.UserHint;
import dev.countersign.ciba.client.ResourceParameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what is asked as the parameters of CIBA Core 7.1. */
final class CibaParameters {
  private final ResourceParameter resourceParameter;

  CibaParameters(ResourceParameter resourceParameter) {
    this.resourceParameter = resourceParameter;
  }

  Map<String, String> of(AuthenticationRequest asked) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("scope", String.join(" ", asked.scopes()));
    switch (asked.hint()) {
      case UserHint.LoginHint(var value) -> parameters.put("login_hint", value);
      case UserHint.IdTokenHint(var value) -> parameters.put("id_token_hint", value);
      case UserHint.LoginHintToken(var value) -> parameters.put("login_hint_token", value);
    }
    parameters.put("binding_message", asked.bindingMessage());
    parameters.put("requested_expiry", Long.toString(asked.requestedExpiry().toSeconds()));
    if (!asked.acrValues().isEmpty()) {
      parameters.put("acr_values", String.join(" ", asked.acrValues()));
    }
    if (asked.userCode() != null) {
      parameters.put("user_code", asked.userCode().value());
    }
    if (asked.notificationToken() != null) {
      parameters.put("client_notification_token", asked.notificationToken().value());
    }
    if (asked.audience() != null) {
      putResource(parameters, asked.audience());
    }
    if (asked.authorizationDetails() != null) {
      parameters.put("authorization_details", asked.authorizationDetails());
    }
    return parameters;
  }

  /** A provider may go by the resource of this request alone (RFC 8707 2.2). */
  Map<String, String> ofTokenRequest(@Nullable String audience) {
    return audience != null && resourceParameter == ResourceParameter.RESOURCE
        ? Map.of("resource", audience)
        : Map.of();
  }

  private void putResource(Map<String, String> parameters, String audience) {
    switch (resourceParameter) {
      case AUDIENCE -> parameters.put("audience", audience);
      case RESOURCE -> parameters.put("resource", audience);
      case NONE -> {
        // the provider knows by the scopes
      }
    }
  }
}
