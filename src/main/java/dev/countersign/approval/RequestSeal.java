package dev.countersign.approval;

import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Sha256;
import dev.countersign.vault.Vault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows that a request for approval was made by whoever has the keys: somebody who may only write
 * to Temporal can't have a user asked something else.
 *
 * @param boundTo what the approval is for: the token is sealed for nothing else
 * @param sealed made of that and of all that is asked
 */
public record RequestSeal(String boundTo, Sealed sealed) {

  /**
   * Seals a request.
   *
   * @param request without a seal
   * @param workflowId of the workflow that will ask
   * @param boundTo what the approval is for
   */
  public static RequestSeal of(
      ApprovalRequest request, Vault vault, String workflowId, String boundTo) {
    return new RequestSeal(boundTo, vault.seal(boundTo + " " + digest(request), owner(workflowId)));
  }

  /**
   * Checks that a request is the one that was sealed.
   *
   * @throws SealBrokenException if it isn't, or was sealed for another workflow
   */
  void check(ApprovalRequest request, Vault vault, String workflowId) {
    String found = vault.open(sealed, owner(workflowId));
    if (!found.equals(boundTo + " " + digest(request))) {
      throw new SealBrokenException("What is to be asked is not what was frozen");
    }
  }

  private static String owner(String workflowId) {
    return "asked " + workflowId;
  }

  /** Of all that the user is asked and of who is; the same whatever writes requests as JSON. */
  private static String digest(ApprovalRequest request) {
    Approver approver = request.approver();
    StringBuilder digest = new StringBuilder();
    add(digest, request.userID());
    add(digest, request.bindingMessage());
    addAll(digest, request.scopes());
    add(digest, request.audience());
    add(digest, request.authorizationDetails());
    add(digest, request.requestedExpiry().toString());
    addHint(digest, approver == null ? null : approver.hint());
    add(digest, approver == null ? null : approver.claim());
    add(digest, approver == null ? null : approver.value());
    addSealed(digest, approver == null ? null : approver.userCode());
    addAll(digest, request.acrValues() == null ? List.of() : request.acrValues());
    add(digest, String.valueOf(request.reAsk()));
    return Sha256.hex(digest.toString());
  }

  private static void addHint(StringBuilder digest, Approver.@Nullable Hint hint) {
    switch (hint) {
      case null -> add(digest, null);
      case Approver.Hint.Login(var value) -> add(digest, value);
      case Approver.Hint.IdToken(var token) -> addSealed(digest, token);
      case Approver.Hint.LoginToken(var token) -> addSealed(digest, token);
    }
  }

  private static void addSealed(StringBuilder digest, @Nullable Sealed sealed) {
    add(digest, sealed == null ? null : sealed.compact());
  }

  private static void addAll(StringBuilder digest, List<String> texts) {
    add(digest, Integer.toString(texts.size()));
    texts.forEach(text -> add(digest, text));
  }

  /** With its length before it, so that no two lists of texts look alike. */
  private static void add(StringBuilder digest, @Nullable String text) {
    digest.append(text == null ? "-" : text.length() + ":" + text);
  }
}
