package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.approval.ApprovalEvidence;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.GrantFacts;
import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sha256;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept of approvals says who approved what, and only of calls that were approved. */
@Timeout(60)
class CallEvidenceTest {
  private static final GrantFacts FACTS =
      new GrantFacts(
          "https://id.example.com/",
          "alice",
          Instant.ofEpochSecond(1_700_000_000),
          "phr",
          List.of("hwk", "user"),
          "jti-1");

  private final GuardWorld<Bank> world = new GuardWorld<>(Bank.class);

  /** Its tool is slow to refuse nothing. */
  static class Bank {
    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    String transfer(BigDecimal amount, String iban) {
      return "booked " + amount;
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String transfer() {
    return world.calls.start(
        new CallUser("alice", null), "transfer", new BigDecimal("12.50"), "DE89");
  }

  @Test
  void saysWhoApprovedWhatAndWhatCameOfIt() {
    world.provider.checksAs(new GrantCheck.Valid(FACTS));
    world.provider.approvesAfter(Duration.ofMinutes(2));
    String id = transfer();
    CallState end = world.end(id);

    assertThat(world.calls.evidence("alice", id))
        .isInstanceOfSatisfying(
            EvidenceAnswer.Kept.class,
            kept -> {
              CallEvidence evidence = kept.evidence();
              assertThat(evidence.ended()).isEqualTo(end);
              assertThat(evidence.userID()).isEqualTo("alice");
              assertThat(evidence.message()).isEqualTo("Transfer 12.50 EUR to DE89");
              assertThat(evidence.argumentsDigest()).isEqualTo(Sha256.hex(end.arguments()));
              assertThat(evidence.approval().facts()).isEqualTo(FACTS);
              assertThat(evidence.approval().askedAt()).isBefore(evidence.approval().approvedAt());
              assertThat(evidence.run())
                  .isInstanceOfSatisfying(
                      RunWitness.class, run -> assertThat(run.number()).isEqualTo(1));
            });
    assertThat(world.historyText(id)).doesNotContain("jti-1", "phr");
  }

  @Test
  void saysNothingOfAnothersCallOrOneThatGoesOnOrWasDenied() {
    world.provider.deniesAfter(Duration.ofMinutes(2));
    String id = transfer();

    assertThat(world.calls.evidence("alice", id)).isInstanceOf(EvidenceAnswer.GoesOn.class);
    world.end(id);
    assertThat(world.calls.evidence("alice", id)).isEqualTo(new EvidenceAnswer.None());
    assertThat(world.calls.evidence("bob", id)).isEqualTo(new EvidenceAnswer.None());
    assertThat(world.calls.evidence("alice", id + "0")).isEqualTo(new EvidenceAnswer.None());
  }

  @Test
  void saysNothingOfACallThatNobodyWasAskedFor() {
    world.policies.add(_ -> new ApprovalPolicy.Ruling.NotNeeded());
    String id = transfer();
    world.end(id);

    assertThat(world.calls.evidence("alice", id)).isEqualTo(new EvidenceAnswer.None());
  }

  @Test
  void isOfNoOtherCallNorRun() {
    var sealed =
        new RunWitness(1, Instant.EPOCH, Instant.EPOCH).seal(world.vault, "one call, one run");

    assertThat(RunWitness.open(sealed, world.vault, "one call, one run").number()).isEqualTo(1);
    assertThatThrownBy(() -> RunWitness.open(sealed, world.vault, "another"))
        .isInstanceOf(SealBrokenException.class);
    assertThatThrownBy(() -> ApprovalEvidence.open(sealed, world.vault, "one call, one run"))
        .isInstanceOf(SealBrokenException.class);
  }

  /** Who may write to Temporal can have a call say at its end that it is another one. */
  @Test
  void isOfNoCallThatSaysThatItIsAnother() {
    world.provider.checksAs(new GrantCheck.Valid(FACTS));
    world.provider.approvesAfter(Duration.ofMinutes(2));
    String id = transfer();
    CallState end = world.end(id);
    CallEvidences evidences =
        new CallEvidences(world.environment.getWorkflowClient(), world.freezer);

    assertThat(evidences.answer(id, end)).isInstanceOf(EvidenceAnswer.Kept.class);
    assertThat(evidences.answer("transfer-" + "0".repeat(32) + "-1", end))
        .isInstanceOf(EvidenceAnswer.None.class);
  }
}
