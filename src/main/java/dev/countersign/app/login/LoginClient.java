package dev.countersign.app.login;

import dev.countersign.clock.RemoteClock;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * This application as the provider that logs users in knows it.
 *
 * @param authentication its name there, and how it proves itself
 * @param showsCertificate whether its connections show a certificate, so that the endpoints for
 *     such are used (RFC 8705 5)
 * @param idTokenAlgorithm the one signature that ID tokens may have; null: RS256 where the provider
 *     offers it, or else the first that it does
 * @param http how the provider is reached; must not follow redirects
 * @param clock the provider's
 */
public record LoginClient(
    LoginAuthentication authentication,
    boolean showsCertificate,
    @Nullable SignatureAlgorithm idTokenAlgorithm,
    HttpClient http,
    RemoteClock clock) {}
