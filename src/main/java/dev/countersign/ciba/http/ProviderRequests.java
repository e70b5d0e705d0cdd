package dev.countersign.ciba.http;

import com.nimbusds.oauth2.sdk.ciba.CIBAGrant;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.client.ClientAuthentication;
import dev.countersign.ciba.client.ClientSettings;
import dev.countersign.ciba.client.RequestSigning;
import dev.countersign.ciba.provider.ProviderMetadata;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Makes the requests to a provider (CIBA Core 7.1 and 10.1). */
final class ProviderRequests {
  private final HttpUrl backchannelEndpoint;
  private final HttpUrl tokenEndpoint;
  private final CibaParameters parameters;
  private final @Nullable RequestObject requestObject;
  private final ClientAuthenticator authenticator;

  /** A request that is ready to be sent, once. */
  record Prepared(Request http, Secrets secrets) {}

  ProviderRequests(ProviderMetadata metadata, ClientSettings settings, Clock clock) {
    ClientAuthentication authentication = settings.authentication();
    RequestSigning signing = settings.requestSigning();
    this.backchannelEndpoint = HttpUrl.get(metadata.backchannelEndpoint().toString());
    this.tokenEndpoint = HttpUrl.get(metadata.tokenEndpoint().toString());
    this.parameters = new CibaParameters(settings.resourceParameter());
    this.requestObject =
        signing == null
            ? null
            : new RequestObject(signing, authentication.clientId(), metadata.issuer(), clock);
    this.authenticator = new ClientAuthenticator(authentication, metadata.issuer(), clock);
  }

  Prepared authenticate(AuthenticationRequest asked) {
    Map<String, String> asParameters = parameters.of(asked);
    Secrets secrets = new Secrets();
    secrets.addAllOf(asParameters);
    // 7.1.1: with a request object no parameter is beside it
    Map<String, String> form =
        requestObject == null ? asParameters : Map.of("request", requestObject.of(asParameters));
    return request(backchannelEndpoint, form, secrets);
  }

  Prepared token(AuthReqId authReqId, @Nullable String audience) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", CIBAGrant.GRANT_TYPE.getValue());
    form.put("auth_req_id", authReqId.value());
    form.putAll(parameters.ofTokenRequest(audience));
    return request(tokenEndpoint, form, new Secrets());
  }

  private Prepared request(HttpUrl endpoint, Map<String, String> parameters, Secrets secrets) {
    Map<String, String> form = new LinkedHashMap<>(parameters);
    Request.Builder request =
        new Request.Builder().url(endpoint).header("Accept", "application/json");
    authenticator.authenticate(form, request, secrets);
    secrets.addAllOf(form);
    FormBody.Builder body = new FormBody.Builder();
    form.forEach(body::add);
    return new Prepared(request.post(body.build()).build(), secrets);
  }
}
