package dev.countersign.app.call;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.countersign.app.api.Caller;
import dev.countersign.app.api.ProblemException;
import dev.countersign.approval.Approver;
import dev.countersign.ciba.LoginHintTemplate.MissingClaimException;
import dev.countersign.ciba.VerifiableClaims;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Says who is to approve what a caller wants: the caller, as the provider knows them. What is
 * secret in a call is sealed here at once; no message repeats it.
 */
public final class Approvers {
  private static final int MOST_TOKEN_BYTES = 8 * 1024;
  private static final int MOST_USER_CODE_CHARACTERS = 64;

  private final ApproverSettings settings;
  private final Vault vault;

  /** By these settings, sealing with this vault. */
  public Approvers(ApproverSettings settings, Vault vault) {
    this.settings = settings;
    this.vault = vault.forPurpose(Purpose.HINTS);
  }

  /**
   * The approver of a call. Tokens in it are not trusted: the provider checks them, and whoever
   * approves must be the caller all the same.
   *
   * @throws ErrorResponseException 400 if the call says two things at once, too much, or what this
   *     application doesn't allow, or has an ID token of somebody else; 422 if the login lacks the
   *     claim by which the provider knows the caller, or doesn't say that it was verified
   */
  public Approver of(Caller caller, ApproverHints hints) {
    check(hints);
    Object user = caller.claims().get(settings.userClaim());
    if (!(user instanceof String value) || value.isBlank()) {
      throw missing(settings.userClaim(), "");
    }
    checkVerified(caller, settings.userClaim());
    if (hints.idTokenHint() != null && !isOf(hints.idTokenHint(), value)) {
      throw badRequest(
          "idTokenHint",
          "must be an ID token of yours, with your \"" + settings.userClaim() + "\"");
    }
    String userCode = hints.userCode();
    return new Approver(
        hint(caller, hints),
        settings.userClaim(),
        value,
        userCode == null ? null : sealed(userCode, caller));
  }

  /**
   * Anybody may enter another's address; only one that was verified says who somebody is (OpenID
   * Connect Core 5.1 and 5.7).
   */
  private static void checkVerified(Caller caller, String claim) {
    String verifiedClaim = VerifiableClaims.verified(claim);
    boolean mustBe = VerifiableClaims.has(claim) || caller.claims().containsKey(verifiedClaim);
    if (mustBe && !VerifiableClaims.isVerified(caller.claims(), claim)) {
      throw unprocessable(
          "Your login doesn't say by the claim \""
              + verifiedClaim
              + "\" that your \""
              + claim
              + "\" was verified, so it doesn't tell who you are. Verify it at the identity provider"
              + " that logs you in, and have both claims added to this application's ID tokens and to"
              + " the access tokens of its API.");
    }
  }

  private Approver.Hint hint(Caller caller, ApproverHints hints) {
    String loginHintToken = hints.loginHintToken();
    if (loginHintToken != null) {
      return new Approver.Hint.LoginToken(sealed(loginHintToken, caller));
    }
    String idTokenHint = hints.idTokenHint();
    if (idTokenHint != null) {
      return new Approver.Hint.IdToken(sealed(idTokenHint, caller));
    }
    try {
      String named = settings.loginHint().hint(caller.claims()).value();
      settings.loginHint().claims().forEach(claim -> checkVerified(caller, claim));
      return new Approver.Hint.Login(named);
    } catch (MissingClaimException e) {
      throw missing(
          e.claim(), settings.callerHints() ? ", or send a loginHintToken or an idTokenHint" : "");
    }
  }

  /** The provider verifies it; whose phone it rings stands in it. */
  private boolean isOf(String idToken, String user) {
    try {
      JWTClaimsSet claims = JWTParser.parse(idToken).getJWTClaimsSet();
      return claims != null && user.equals(claims.getClaim(settings.userClaim()));
    } catch (ParseException | RuntimeException e) { // the parser doesn't expect every nonsense
      return false;
    }
  }

  private Sealed sealed(String secret, Caller caller) {
    return vault.seal(secret, caller.sub());
  }

  private void check(ApproverHints hints) {
    if (hints.loginHintToken() != null && hints.idTokenHint() != null) {
      throw badRequest("idTokenHint", "must not be given beside loginHintToken");
    }
    checkAllowed("loginHintToken", hints.loginHintToken());
    checkAllowed("idTokenHint", hints.idTokenHint());
    checkToken("loginHintToken", hints.loginHintToken());
    checkToken("idTokenHint", hints.idTokenHint());
    String userCode = hints.userCode();
    if (userCode == null) {
      return;
    }
    if (!settings.userCodes()) {
      throw badRequest("userCode", "must not be given: the identity provider takes none");
    }
    if (userCode.isBlank() || userCode.length() > MOST_USER_CODE_CHARACTERS) {
      throw badRequest("userCode", "must have 1 to 64 characters");
    }
  }

  private void checkAllowed(String field, @Nullable String token) {
    if (token != null && !settings.callerHints()) {
      throw badRequest(
          field, "must not be given: this application asks whom the login names, and nobody else");
    }
  }

  private static void checkToken(String field, @Nullable String token) {
    if (token != null
        && (token.isBlank() || token.getBytes(StandardCharsets.UTF_8).length > MOST_TOKEN_BYTES)) {
      throw badRequest(field, "must have 1 to 8,192 bytes");
    }
  }

  /** In the form that every wrong field of a body is told in. */
  private static ProblemException badRequest(String field, String message) {
    ProblemException problem =
        new ProblemException(HttpStatus.BAD_REQUEST, field + " " + message + ".");
    problem.getBody().setProperty("errors", List.of(Map.of("field", field, "message", message)));
    return problem;
  }

  private static ProblemException missing(String claim, String orElse) {
    return unprocessable(
        "Your login has no claim \""
            + claim
            + "\", by which the identity provider that asks you knows you. Have it added to this"
            + " application's ID tokens and to the access tokens of its API at the identity provider"
            + " that logs you in"
            + orElse
            + ".");
  }

  private static ProblemException unprocessable(String detail) {
    return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, detail);
  }
}
