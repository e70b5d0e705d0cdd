package dev.countersign.ciba;

import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.ciba.CIBAGrant;
import com.nimbusds.oauth2.sdk.id.ClientID;
import okhttp3.FormBody;
import okhttp3.Request;

/** Writes the requests to a provider, as Auth0 and CIBA Core 7.1 and 10.1 have them. */
final class ProviderRequests {
  private final ProviderMetadata metadata;
  private final ClientSettings settings;

  ProviderRequests(ProviderMetadata metadata, ClientSettings settings) {
    this.metadata = metadata;
    this.settings = settings;
  }

  Request authenticate(AuthenticationRequest asked) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("scope", String.join(" ", asked.scopes()))
            .add(hintName(asked.hint()), hintValue(asked.hint()))
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

  private static String hintName(UserHint hint) {
    return switch (hint) {
      case UserHint.LoginHint _ -> "login_hint";
      case UserHint.IdTokenHint _ -> "id_token_hint";
      case UserHint.LoginHintToken _ -> "login_hint_token";
    };
  }

  private static String hintValue(UserHint hint) {
    return switch (hint) {
      case UserHint.LoginHint(var value) -> value;
      case UserHint.IdTokenHint(var value) -> value;
      case UserHint.LoginHintToken(var value) -> value;
    };
  }

  private Request.Builder authenticated(FormBody.Builder form) {
    Request.Builder request = new Request.Builder().header("Accept", "application/json");
    switch (settings.authentication()) {
      case ClientAuthentication.ClientSecretPost(var id, var secret) ->
          form.add("client_id", id).add("client_secret", secret.value());
      case ClientAuthentication.ClientSecretBasic(var id, var secret) ->
          request.header(
              "Authorization",
              new com.nimbusds.oauth2.sdk.auth.ClientSecretBasic(
                      new ClientID(id), new Secret(secret.value()))
                  .toHTTPAuthorizationHeader());
      case ClientAuthentication.PrivateKeyJwt(var id, _) -> form.add("client_id", id);
      case ClientAuthentication.TlsClientAuth(var id) -> form.add("client_id", id);
      case ClientAuthentication.SelfSignedTlsClientAuth(var id) -> form.add("client_id", id);
    }
    return request.post(form.build());
  }
}
