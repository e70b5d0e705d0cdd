package dev.countersign.app.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Refuses a token that is bound to a key (its claim {@code cnf}, RFC 7800 3.1) whose holder hasn't
 * proved that they have it: {@code x5t#S256} to the certificate of this very connection (RFC 8705
 * 3.1), {@code jkt} by the scheme {@code DPoP} (RFC 9449 7.1), whose proof Spring Security checks.
 * Other bindings can't be checked here.
 */
final class ConfirmationValidator implements OAuth2TokenValidator<Jwt> {
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final String DPOP = "DPoP ";

  @Override
  public OAuth2TokenValidatorResult validate(Jwt token) {
    String fault = token.hasClaim("cnf") ? fault(token.getClaim("cnf")) : null;
    return fault == null
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, fault, null));
  }

  private static @Nullable String fault(@Nullable Object confirmation) {
    if (!(confirmation instanceof Map<?, ?> members) || members.isEmpty()) {
      return "Its cnf names no key";
    }
    for (Map.Entry<?, ?> member : members.entrySet()) {
      String fault =
          switch (String.valueOf(member.getKey())) {
            case "jkt" ->
                isByDPoP() ? null : "It is bound to a key and must come with a DPoP proof";
            case "x5t#S256" ->
                isCertificate(String.valueOf(member.getValue()))
                    ? null
                    : "It is bound to a client certificate that this connection doesn't show";
            default -> "It is bound to a key in a way that isn't checked here";
          };
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static boolean isByDPoP() {
    HttpServletRequest request = request();
    List<String> headers =
        request == null
            ? List.of()
            : Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    return headers.size() == 1 && headers.getFirst().regionMatches(true, 0, DPOP, 0, DPOP.length());
  }

  private static boolean isCertificate(String thumbprint) {
    HttpServletRequest request = request();
    return request != null
        && request.getAttribute(CERTIFICATES) instanceof X509Certificate[] shown
        && shown.length > 0
        && MessageDigest.isEqual(
            thumbprint(shown[0]).getBytes(StandardCharsets.US_ASCII),
            thumbprint.getBytes(StandardCharsets.UTF_8));
  }

  private static String thumbprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("A certificate of TLS has an encoding", e);
    }
  }

  private static @Nullable HttpServletRequest request() {
    return RequestContextHolder.getRequestAttributes()
            instanceof ServletRequestAttributes attributes
        ? attributes.getRequest()
        : null;
  }
}
