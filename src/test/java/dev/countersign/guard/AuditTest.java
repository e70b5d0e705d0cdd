package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.approval.FakeProvider;
import dev.countersign.audit.AuditLog;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.question.QuestionTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What matters to security is audited once, and says nothing that is secret. */
@Timeout(60)
class AuditTest {
  private static final CallUser ALICE = new CallUser("alice", null);

  private final AuditLog audit = new AuditLog();
  private final GuardWorld<Bank> world = new GuardWorld<>(Bank.class);

  /** Its tool fails where it is told to. */
  static class Bank {
    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    String transfer(BigDecimal amount, String iban) {
      if (amount.signum() == 0) {
        throw new RefusedException("Nothing to transfer to " + iban);
      }
      return "booked " + amount;
    }
  }

  @AfterEach
  void close() {
    world.close();
    audit.close();
    assertThat(audit.entries())
        .noneSatisfy(entry ->
            assertThat(entry.text())
                .containsAnyOf(
                    FakeProvider.ACCESS_TOKEN, FakeProvider.AUTH_REQ_ID, "alice", "DE89", "EUR"));
  }

  private String transfer(int amount) {
    return world.calls.start(ALICE, "transfer", new BigDecimal(amount), "DE89");
  }

  private List<String> of(String id) {
    return audit.of(id).stream().map(AuditLog.Entry::summary).toList();
  }

  @Test
  void tellsOfACallFromTheQuestionToTheRun() {
    world.provider.approvesAfter(Duration.ofMinutes(1));

    String id = transfer(12);
    world.end(id);

    assertThat(of(id))
        .containsExactly(
            "question_asked asked",
            "token_obtained",
            "decided approved",
            "run_begun",
            "run_ended done");
    assertThat(audit.of(id))
        .allSatisfy(entry ->
            assertThat(entry.fields())
                .containsEntry("tool", "transfer")
                .containsEntry("userDigest", new UserDigest(new byte[32]).of("alice")));
  }

  @Test
  void tellsOfADenialAMismatchARefusalAndACancel() {
    world.provider.deniesAfter(Duration.ofMinutes(1));
    String denied = transfer(1);
    world.end(denied);
    world.provider.approvesAfter(Duration.ofMinutes(1));
    world.provider.checksAs(new GrantCheck.Invalid("Another user approved"));
    String mismatched = transfer(2);
    world.end(mismatched);
    world.provider.checksAs(new GrantCheck.Valid());
    String refused = transfer(0);
    world.end(refused);
    String cancelled = transfer(3);
    world.calls.cancel("alice", cancelled);

    assertThat(of(denied)).containsExactly("question_asked asked", "decided denied");
    assertThat(of(mismatched))
        .containsExactly("question_asked asked", "grant_mismatch", "decided rejected");
    assertThat(of(refused)).endsWith("run_begun", "run_ended refused");
    assertThat(of(cancelled)).contains("cancelled cancelled");
  }

  @Test
  void tellsOfAnExpiry() {
    String id = transfer(1);
    world.end(id);

    assertThat(of(id)).containsExactly("question_asked asked", "decided expired");
  }

  @Test
  void tellsWhenALimitIsReached() {
    world.limit(
        new QuestionTerms(
            0, Duration.ofMinutes(15), 0, Duration.ofHours(1), 1, 0, 0, Duration.ofMinutes(10)));
    world.provider.deniesAfter(Duration.ofMinutes(1));
    world.end(transfer(1));

    assertThatThrownBy(() -> transfer(2)).isInstanceOf(TooManyQuestionsException.class);

    assertThat(audit.entries())
        .filteredOn(entry -> entry.event().equals("limit_reached"))
        .singleElement()
        .satisfies(entry ->
            assertThat(entry.fields())
                .containsEntry("outcome", "refused")
                .containsEntry("tool", "transfer"));
  }

  /** No process has what it was frozen for: that is no refusal of the method's. */
  @Test
  void tellsApartWhatWasNeverBegun() {
    world.provider.approvesAfter(Duration.ofMinutes(1));
    Snapshot own =
        Freezer.read(world.calls.freeze(ALICE, "transfer", "abc", null, BigDecimal.ONE, "DE89"));
    FrozenCall older = world.freezer.freeze(ofAnotherVersion(own));
    world.startAs(own.id(), older);
    world.end(own.id());

    assertThat(of(own.id()))
        .contains("decided approved", "run_ended not_begun")
        .doesNotContain("run_begun", "run_ended not_done");
  }

  private static Snapshot ofAnotherVersion(Snapshot call) {
    return new Snapshot(
        call.id(),
        call.tool(),
        "of another version",
        call.arguments(),
        call.userID(),
        call.approver(),
        call.message(),
        call.authorizationDetails(),
        call.scopes(),
        call.audience(),
        call.acrValues(),
        call.requestedExpiry(),
        call.reAsk(),
        call.run(),
        call.startedBy(),
        call.endReturned(),
        call.runShown(),
        call.unaskedUntil(),
        call.remember());
  }

  @Test
  void tellsWhenSomebodyHasChangedWhatWasFrozen() {
    String id = transfer(1);
    FrozenCall call = world.calls.freeze(ALICE, "transfer", "abc", null, BigDecimal.ONE, "DE89");
    String other = id.replaceFirst("[0-9a-f-]+$", "def");
    world.startAs(other, call);
    world.end(other);

    assertThat(of(other)).contains("seal_broken question");
  }
}
