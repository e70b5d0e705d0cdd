package dev.countersign.approval;

import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    MessageDigest digest = sha256();
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
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addHint(MessageDigest digest, Approver.@Nullable Hint hint) {
    switch (hint) {
      case null -> add(digest, null);
      case Approver.Hint.Login(var value) -> add(digest, value);
      case Approver.Hint.IdToken(var token) -> addSealed(digest, token);
      case Approver.Hint.LoginToken(var token) -> addSealed(digest, token);
    }
  }

  private static void addSealed(MessageDigest digest, @Nullable Sealed sealed) {
    add(digest, sealed == null ? null : sealed.compact());
  }

  private static void addAll(MessageDigest digest, List<String> texts) {
    add(digest, Integer.toString(texts.size()));
    texts.forEach(text -> add(digest, text));
  }

  /** With its length before it, so that no two lists of texts look alike. */
  private static void add(MessageDigest digest, @Nullable String text) {
    if (text == null) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(-1).array());
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
