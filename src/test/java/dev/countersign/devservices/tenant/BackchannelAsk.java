package dev.countersign.devservices.tenant;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid backchannel authentication request (CIBA Core 7.1).
 *
 * @param from the address that it came from
 * @param audience null: the token is for the tenant's own {@code /userinfo}
 * @param expiry time until the request can't be answered any more
 */
record BackchannelAsk(
    String clientId,
    String from,
    TenantUser user,
    String scope,
    @Nullable String audience,
    String bindingMessage,
    List<Map<String, Object>> authorizationDetails,
    Duration expiry) {}
