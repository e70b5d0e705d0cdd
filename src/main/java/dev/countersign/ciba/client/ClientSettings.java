package dev.countersign.ciba.client;

import dev.countersign.ciba.key.SigningAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * How this client and one provider have agreed to speak.
 *
 * @param resourceParameter how the API is named that a token is for
 * @param requestSigning how authentication requests are signed (CIBA Core 7.1.1); null: they are
 *     not
 * @param idTokenAlgorithm the one signature that an ID token may have
 * @param idTokenRequired whether a grant without an ID token is refused; null: when {@code openid}
 *     was asked
 */
public record ClientSettings(
    ClientAuthentication authentication,
    ResourceParameter resourceParameter,
    @Nullable RequestSigning requestSigning,
    SigningAlgorithm idTokenAlgorithm,
    @Nullable Boolean idTokenRequired) {}
