package dev.countersign.guard;

import dev.countersign.approval.QuestionLimits;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import java.util.Optional;

/** Refuses calls before they begin whose users would not be asked: they are told at once. */
record AskedTooOften(QuestionLimits limits) {

  /**
   * Lets a call begin.
   *
   * @throws TooManyQuestionsException if its user is to be asked, and must not be
   */
  void check(Snapshot snapshot) {
    if (snapshot.runsAtOnce()) {
      return;
    }
    Optional<QuestionLimits.Refusal> refusal = limits.refusal(snapshot.userID());
    if (refusal.isPresent()) {
      AuditEntry.of(AuditEvent.LIMIT_REACHED)
          .call(snapshot.id())
          .conversation(snapshot.startedBy())
          .outcome("refused")
          .write();
      throw new TooManyQuestionsException(refusal.get());
    }
  }
}
