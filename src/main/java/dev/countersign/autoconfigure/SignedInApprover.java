package dev.countersign.autoconfigure;

import dev.countersign.approval.Approver;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.VerifiableClaims;
import dev.countersign.guard.ApproverResolver;
import dev.countersign.guard.CallNotDoneException;
import dev.countersign.guard.CallUser;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClaimAccessor;

/**
 * The user whom Spring Security has signed in, by an access token (JWT) or by OpenID Connect. One
 * of another issuer than the one that asks for approvals is known there by a claim of the settings,
 * or not at all: nobody is asked on a guess.
 */
final class SignedInApprover implements ApproverResolver {
  private final CibaProperties ciba;
  private final OidcProperties oidc;
  private final LoginHintTemplate loginHint;

  SignedInApprover(CibaProperties ciba, OidcProperties oidc, LoginHintTemplate loginHint) {
    this.ciba = ciba;
    this.oidc = oidc;
    this.loginHint = loginHint;
  }

  @Override
  public Optional<CallUser> current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null
            && authentication.isAuthenticated()
            && authentication.getPrincipal() instanceof ClaimAccessor claims
        ? Optional.of(user(claims.getClaims()))
        : Optional.empty();
  }

  private CallUser user(Map<String, Object> claims) {
    String sub = claim(claims, "sub");
    String issuer = String.valueOf(claims.get("iss"));
    String userClaim = ciba.settings().userClaim();
    String asks = (ciba.issuer() == null ? oidc.issuer() : ciba.issuer()).toString();
    if (ciba.userClaim() == null && !issuer.equals(asks)) {
      throw refused(
          "You were signed in by "
              + issuer
              + ", but "
              + asks
              + " asks for approvals, and countersign.ciba.user-claim doesn't say how it knows you");
    }
    String value = claim(claims, userClaim);
    checkVerified(claims, userClaim);
    try {
      String named = loginHint.hint(claims).value();
      loginHint.claims().forEach(claim -> checkVerified(claims, claim));
      return new CallUser(
          sub, new Approver(new Approver.Hint.Login(named), userClaim, value, null));
    } catch (LoginHintTemplate.MissingClaimException e) {
      throw refused(noClaim(e.claim()));
    }
  }

  /** Anybody may enter another's address, and would have their phone ring. */
  private static void checkVerified(Map<String, Object> claims, String claim) {
    if (VerifiableClaims.has(claim) && !VerifiableClaims.isVerified(claims, claim)) {
      throw refused("Your login doesn't say that your " + claim + " was verified");
    }
  }

  private static String claim(Map<String, Object> claims, String name) {
    if (claims.get(name) instanceof String value && !value.isBlank()) {
      return value;
    }
    throw refused(noClaim(name));
  }

  private static String noClaim(String name) {
    return "Your login has no claim \"" + name + "\", by which the identity provider knows you";
  }

  private static CallNotDoneException refused(String reason) {
    return new CallNotDoneException(reason + ". Nobody was asked, and nothing was done.");
  }
}
