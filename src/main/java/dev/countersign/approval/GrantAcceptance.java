package dev.countersign.approval;

import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.ciba.Tokens;
import dev.countersign.vault.Purpose;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Vault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a token response into a decision: checked against what was asked, and sealed. */
final class GrantAcceptance {
  private static final Logger log = LoggerFactory.getLogger(GrantAcceptance.class);
  private static final Duration KEYS_RETRY = Duration.ofSeconds(2);
  private static final Duration KEYS_PATIENCE = Duration.ofMinutes(1);

  private final BackchannelClient client;
  private final RequestWriter requests;
  private final Vault sealing;
  private final Vault evidence;

  GrantAcceptance(BackchannelClient client, RequestWriter requests, Vault vault) {
    this.client = client;
    this.requests = requests;
    this.sealing = vault.forPurpose(Purpose.TOKENS);
    this.evidence = vault.forPurpose(Purpose.CALLS);
  }

  private static String owner(PendingApproval pending, Attempt attempt) {
    return TokenOwner.of(attempt.workflowId(), attempt.runId(), pending.request().seal());
  }

  /** Doesn't stop when this process goes down: the token is here, and nobody gets it again. */
  Decision accept(
      Tokens tokens,
      PendingApproval pending,
      AuthReqId authReqId,
      ActivityLease wait,
      Clock serverTime) {
    Instant arrivedAt = serverTime.instant();
    AuthenticationRequest asked;
    try {
      asked = requests.write(pending.request(), null);
    } catch (SealBrokenException | LoginHintTemplate.MissingClaimException e) {
      return new Decision.Rejected(String.valueOf(e.getMessage()), ApprovalError.GRANT_MISMATCH);
    }
    while (true) {
      Duration sinceAsked = Duration.between(pending.askedAt(), serverTime.instant());
      switch (client.check(tokens, asked, authReqId, sinceAsked)) {
        case GrantCheck.Valid(var facts) -> {
          AuditEntry.of(AuditEvent.TOKEN_OBTAINED).call(wait.attempt().workflowId()).write();
          Duration life = tokens.expiresIn();
          String owner = owner(pending, wait.attempt());
          return new Decision.Approved(
              sealing.seal(tokens.accessToken(), owner),
              life == null ? null : arrivedAt.plus(life),
              new ApprovalEvidence(pending.askedAt(), arrivedAt, facts).seal(evidence, owner));
        }
        case GrantCheck.Invalid(var reason) -> {
          AuditEntry.of(AuditEvent.GRANT_MISMATCH).call(wait.attempt().workflowId()).write();
          return new Decision.Rejected(reason, ApprovalError.GRANT_MISMATCH);
        }
        case GrantCheck.KeysUnavailable(var reason) -> {
          if (serverTime.instant().isAfter(arrivedAt.plus(KEYS_PATIENCE))) {
            return new Decision.Failed(reason, arrivedAt, ApprovalError.PROVIDER_UNAVAILABLE);
          }
          log.warn("The approval can't be checked yet: {}", reason);
          wait.sleepThrough(KEYS_RETRY);
        }
      }
    }
  }
}
