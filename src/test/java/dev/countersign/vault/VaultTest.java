package dev.countersign.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final String K1 = "k1:" + "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
  private static final String K2 = "k2:" + "MjIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  @Test
  void opensWhatItSealedForTheSameOwner() {
    Vault vault = Vault.withKeys(K1);
    Sealed sealed = vault.seal("a token", "p-1");
    assertThat(vault.open(sealed, "p-1")).isEqualTo("a token");
    assertThat(sealed.keyId()).isEqualTo("k1");
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
    assertThat(rotated.seal("another", "p-1").keyId()).isEqualTo("k2");
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
}
