package dev.countersign.approval;

import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.ciba.ExpectedUser;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.LoginHintTemplate.MissingClaimException;
import dev.countersign.ciba.UserCode;
import dev.countersign.ciba.UserHint;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a stored request for the wire: opens what is sealed in it. */
final class RequestWriter {
  private final Vault vault;
  private final LoginHintTemplate loginHint;

  RequestWriter(Vault vault, LoginHintTemplate loginHint) {
    this.vault = vault.forPurpose(Purpose.HINTS);
    this.loginHint = loginHint;
  }

  /**
   * The same request, with its secrets.
   *
   * @param notificationToken null: poll mode
   * @throws MissingClaimException if the settings name users by more than the {@code userID}
   * @throws dev.countersign.vault.SealBrokenException if a secret can't be opened
   */
  AuthenticationRequest write(
      ApprovalRequest request, @Nullable ClientNotificationToken notificationToken)
      throws MissingClaimException {
    Approver approver = request.approver();
    String userID = request.userID();
    UserHint hint =
        approver == null ? loginHint.hint(Map.of("sub", userID)) : opened(approver.hint(), userID);
    Sealed userCode = approver == null ? null : approver.userCode();
    return new AuthenticationRequest(
        hint,
        expected(request),
        request.bindingMessage(),
        request.scopes(),
        request.audience(),
        request.authorizationDetails(),
        request.requestedExpiry(),
        request.acrValues() == null ? List.of() : request.acrValues(),
        userCode == null ? null : new UserCode(vault.open(userCode, userID)),
        notificationToken);
  }

  private static ExpectedUser expected(ApprovalRequest request) {
    Approver approver = request.approver();
    return approver == null
        ? new ExpectedUser("sub", request.userID())
        : new ExpectedUser(approver.claim(), approver.value());
  }

  private UserHint opened(Approver.Hint hint, String owner) {
    return switch (hint) {
      case Approver.Hint.Login(var value) -> new UserHint.LoginHint(value);
      case Approver.Hint.IdToken(var token) -> new UserHint.IdTokenHint(vault.open(token, owner));
      case Approver.Hint.LoginToken(var token) ->
          new UserHint.LoginHintToken(vault.open(token, owner));
    };
  }
}
