package dev.countersign.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final String K1 = "k1:" + "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
  private static final String K2 = "k2:" + "MjIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  @Test
  void opensWhatItSealedForTheSameOwner() {
    Vault vault = Vault.withKeys(K1);
    Sealed sealed = vault.seal("a token", "p-1");
    assertThat(vault.open(sealed, "p-1")).isEqualTo("a token");
    assertThat(sealed.keyId()).isEqualTo("k1:other");
    assertThat(sealed.toString()).doesNotContain(sealed.ciphertext());
  }

  @Test
  void readsItsCompactForm() {
    Sealed sealed = Vault.withKeys("a key; mine:" + K1.substring(3)).seal("x", "p-1");
    assertThat(sealed.compact()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    assertThat(Sealed.ofCompact(sealed.compact())).isEqualTo(sealed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no dot", "=.=", "a.b!"})
  void refusesWhatIsNoCompactForm(String text) {
    assertThatThrownBy(() -> Sealed.ofCompact(text)).isInstanceOf(SealBrokenException.class);
  }

  @Test
  void refusesAnotherOwner() {
    Vault vault = Vault.withKeys(K1);
    Sealed sealed = vault.seal("a token", "p-1");
    assertThatThrownBy(() -> vault.open(sealed, "p-2"))
        .isInstanceOf(SealBrokenException.class)
        .hasMessageContaining("k1");
  }

  @Test
  void sealsWithTheFirstKeyAndOpensWithEach() {
    Sealed old = Vault.withKeys(K1).seal("a token", "p-1");
    Vault rotated = Vault.withKeys(K2 + "," + K1);
    assertThat(rotated.seal("another", "p-1").keyId()).isEqualTo("k2:other");
    assertThat(rotated.open(old, "p-1")).isEqualTo("a token");
  }

  @Test
  void namesTheKeyThatIsGone() {
    Sealed old = Vault.withKeys(K1).seal("a token", "p-1");
    assertThatThrownBy(() -> Vault.withKeys(K2).open(old, "p-1"))
        .isInstanceOf(SealBrokenException.class)
        .hasMessageContaining("k1")
        .hasMessageContaining("COUNTERSIGN_KEYS");
  }

  /** Computed from RFC 5869 and the specification of XAES-256-GCM by other programs. */
  @Test
  void derivesKeysAsIsWrittenDown() {
    Sealed sealed =
        new Sealed("k1:tokens", "YWJjZGVmZ2hpamtsMTIzNDU2Nzg5MDEyyd6CaQLfkzPeiecUz0ClQFRcP9AgtEU=");

    assertThat(Vault.withKeys(K1).forPurpose(Purpose.TOKENS).open(sealed, "p-1"))
        .isEqualTo("a token");
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void opensForNoOtherPurpose(Purpose other) {
    Vault vault = Vault.withKeys(K1);
    for (Purpose purpose : Purpose.values()) {
      Sealed sealed = vault.forPurpose(purpose).seal("a secret", "p-1");
      Sealed passedOff =
          new Sealed(vault.forPurpose(other).seal("", "").keyId(), sealed.ciphertext());
      if (purpose == other) {
        assertThat(vault.forPurpose(other).open(sealed, "p-1")).isEqualTo("a secret");
      } else {
        assertThatThrownBy(() -> vault.forPurpose(other).open(sealed, "p-1"))
            .isInstanceOf(SealBrokenException.class)
            .hasMessageContaining("for something else");
        assertThatThrownBy(() -> vault.forPurpose(other).open(passedOff, "p-1"))
            .isInstanceOf(SealBrokenException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Purpose.class,
      names = {"TOKENS", "HANDLES", "HINTS", "CALLS", "GRANTS", "NOTIFICATIONS", "OTHER"})
  void opensWhatWasSealedBeforePurposesHadKeys(Purpose durable) {
    assertThat(Vault.withKeys(K2 + "," + K1).forPurpose(durable).open(older("k1"), "p-1"))
        .isEqualTo("a token");
    assertThatThrownBy(() -> Vault.withKeys(K2).forPurpose(durable).open(older("k1"), "p-1"))
        .isInstanceOf(UnknownKeyException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Purpose.class,
      names = {"COOKIES", "CURSORS", "PAYLOADS"})
  void opensItNoMoreWhereItIsShortLived(Purpose shortLived) {
    Vault vault = Vault.withKeys(K1).forPurpose(shortLived);

    assertThatThrownBy(() -> vault.open(older("k1"), "p-1"))
        .isInstanceOf(SealBrokenException.class)
        .hasMessageContaining("accepted no more");
  }

  @Test
  void sealsBytes() {
    Vault vault = Vault.withKeys(K2 + "," + K1);
    byte[] sealed = vault.seal(new byte[] {1, 2}, new byte[] {3});

    assertThat(vault.sealingKey()).isEqualTo("k2");
    assertThat(vault.open("k2", sealed, new byte[] {3})).containsExactly(1, 2);
    assertThat(vault.seal(new byte[] {1, 2}, new byte[] {3})).isNotEqualTo(sealed);
    assertThatThrownBy(() -> vault.open("k2", sealed, new byte[] {4}))
        .isInstanceOf(SealBrokenException.class);
    assertThatThrownBy(() -> vault.open("k3", sealed, new byte[] {3}))
        .isInstanceOf(UnknownKeyException.class);
  }

  /** By AES-256-GCM and the key itself, made by another program. */
  private static Sealed older(String keyId) {
    return new Sealed(keyId, "MTIzNDU2Nzg5MDEy4dKJgWkkr4+PKlyxh6pI2rgN3SQPfcc=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k1 | each key must be written as name:Base64
          k1:abc~ | the key k1 is not valid Base64
          k1:c2hvcnQ= | the key k1 must have 32 bytes, but has 5
          :c2hvcnQ= | each key must be written as name:Base64
          """)
  void saysWhatIsWrongWithTheKeys(String keys, String sentence) {
    assertThatThrownBy(() -> Vault.withKeys(keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("c2hvcnQ=");
  }

  @Test
  void refusesTwoKeysOfOneName() {
    assertThatThrownBy(() -> Vault.withKeys(K1 + "," + K1)).hasMessageContaining("twice");
  }

  @Test
  void saysThatItsKeysWork() {
    assertThat(Vault.withKeys("k1:" + "A".repeat(43) + "=").opensWhatItSeals()).isTrue();
  }
}
