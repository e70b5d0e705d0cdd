package dev.countersign.ciba;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.ciba.CIBAGrant;
import com.nimbusds.oauth2.sdk.id.ClientID;
import okhttp3.FormBody;
import okhttp3.Request;

/** Writes the requests to a provider, as Auth0 and CIBA Core 7.1 and 10.1 have them. */
final class ProviderRequests {
  private final ProviderMetadata metadata;
  private final ClientAuthentication authentication;
  private final LoginHintFormat loginHintFormat;

  ProviderRequests(
      ProviderMetadata metadata,
      ClientAuthentication authentication,
      LoginHintFormat loginHintFormat) {
    this.metadata = metadata;
    this.authentication = authentication;
    this.loginHintFormat = loginHintFormat;
  }

  Request authenticate(AuthenticationRequest asked) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("scope", String.join(" ", asked.scopes()))
            .add("login_hint", loginHint(asked.userID()))
            .add("binding_message", asked.bindingMessage())
            .add("requested_expiry", Long.toString(asked.requestedExpiry().toSeconds()));
    if (asked.audience() != null) {
      form.add("audience", asked.audience());
    }
    if (asked.authorizationDetails() != null) {
      form.add("authorization_details", asked.authorizationDetails());
    }
    return authenticated(form).url(metadata.backchannelEndpoint().toString()).build();
  }

  Request token(AuthReqId authReqId) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("grant_type", CIBAGrant.GRANT_TYPE.getValue())
            .add("auth_req_id", authReqId.value());
    return authenticated(form).url(metadata.tokenEndpoint().toString()).build();
  }

  private String loginHint(String userID) {
    return switch (loginHintFormat) {
      case PLAIN -> userID;
      case ISS_SUB ->
          JsonNodeFactory.instance
              .objectNode()
              .put("format", "iss_sub")
              .put("iss", metadata.issuer())
              .put("sub", userID)
              .toString();
    };
  }

  private Request.Builder authenticated(FormBody.Builder form) {
    Request.Builder request = new Request.Builder().header("Accept", "application/json");
    switch (authentication) {
      case ClientAuthentication.ClientSecretPost(var id, var secret) ->
          form.add("client_id", id).add("client_secret", secret.value());
      case ClientAuthentication.ClientSecretBasic(var id, var secret) ->
          request.header(
              "Authorization",
              new com.nimbusds.oauth2.sdk.auth.ClientSecretBasic(
                      new ClientID(id), new Secret(secret.value()))
                  .toHTTPAuthorizationHeader());
    }
    return request.post(form.build());
  }
}
