package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.vault.SealBrokenException;
import dev.countersign.vault.Sealed;
import dev.countersign.vault.Vault;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nothing of what is asked can be changed under a seal. */
class RequestSealTest {
  private static final Vault VAULT =
      Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
  private static final Sealed HINT = new Sealed("k1", "MTIzNA==");
  private static final Sealed OTHER_HINT = new Sealed("k1", "NDMyMQ==");

  private static ApprovalRequest request(
      String message, List<String> scopes, @Nullable String audience, Sealed hint) {
    return new ApprovalRequest(
        "alice",
        message,
        scopes,
        audience,
        null,
        Duration.ofMinutes(5),
        new Approver(new Approver.Hint.IdToken(hint), "sub", "alice", null),
        null,
        null);
  }

  private static final ApprovalRequest ASKED = request("Pay 5", List.of("a", "b"), "bank", HINT);
  private static final RequestSeal SEAL = RequestSeal.of(ASKED, VAULT, "w", "digest");

  @Test
  void opensForWhatWasSealed() {
    assertThatCode(() -> SEAL.check(ASKED, VAULT, "w")).doesNotThrowAnyException();
  }

  @Test
  void opensForNoOtherWorkflow() {
    assertThatThrownBy(() -> SEAL.check(ASKED, VAULT, "v")).isInstanceOf(SealBrokenException.class);
  }

  @Test
  void opensForNoOtherPurpose() {
    assertThatThrownBy(() -> new RequestSeal("other", SEAL.sealed()).check(ASKED, VAULT, "w"))
        .isInstanceOf(SealBrokenException.class);
  }

  @Test
  void opensForNoOtherQuestion() {
    for (ApprovalRequest other :
        List.of(
            request("Pay 50", List.of("a", "b"), "bank", HINT),
            request("Pay 5", List.of("a b"), "bank", HINT),
            request("Pay 5", List.of("a"), "b", HINT),
            request("Pay 5", List.of("a", "b"), null, HINT),
            request("Pay 5", List.of("a", "b"), "bank", OTHER_HINT))) {
      assertThatThrownBy(() -> SEAL.check(other, VAULT, "w"))
          .isInstanceOf(SealBrokenException.class)
          .hasMessage("What is to be asked is not what was frozen");
    }
  }
}
