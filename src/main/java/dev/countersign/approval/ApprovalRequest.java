package dev.countersign.approval;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user is asked to approve. Lives in histories: new components must be nullable.
 *
 * @param userID the user's {@code sub} at the issuer that logged them in
 * @param bindingMessage what the user's phone shows
 * @param scopes scopes of the token that an approval yields, {@code openid} among them
 * @param audience identifier of the API that the token is for; null: the provider's default
 * @param authorizationDetails a JSON array (RFC 9396); null: none
 * @param requestedExpiry how long the user should have for the answer; whole seconds; a wish, the
 *     provider decides
 * @param approver how the provider knows the user; null: by the settings' {@code login_hint}, made
 *     of the {@code userID} alone
 * @param acrValues how strongly the user should authenticate, the most wanted first; null: not said
 * @param reAsk null: the user is not asked again after an expiry
 * @param seal shows who made this request; null: any workflow may have
 */
public record ApprovalRequest(
    String userID,
    String bindingMessage,
    List<String> scopes,
    @Nullable String audience,
    @Nullable String authorizationDetails,
    Duration requestedExpiry,
    @Nullable Approver approver,
    @Nullable List<String> acrValues,
    @Nullable ReAsk reAsk,
    @Nullable RequestSeal seal) {

  /** With a user whom the provider knows by the {@code userID}. */
  public ApprovalRequest(
      String userID,
      String bindingMessage,
      List<String> scopes,
      @Nullable String audience,
      @Nullable String authorizationDetails,
      Duration requestedExpiry) {
    this(
        userID,
        bindingMessage,
        scopes,
        audience,
        authorizationDetails,
        requestedExpiry,
        null,
        null,
        null);
  }

  /** Without a seal. */
  public ApprovalRequest(
      String userID,
      String bindingMessage,
      List<String> scopes,
      @Nullable String audience,
      @Nullable String authorizationDetails,
      Duration requestedExpiry,
      @Nullable Approver approver,
      @Nullable List<String> acrValues,
      @Nullable ReAsk reAsk) {
    this(
        userID,
        bindingMessage,
        scopes,
        audience,
        authorizationDetails,
        requestedExpiry,
        approver,
        acrValues,
        reAsk,
        null);
  }
}
