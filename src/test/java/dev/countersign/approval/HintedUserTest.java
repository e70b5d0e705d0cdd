package dev.countersign.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.countersign.ciba.UserHint;
import org.junit.jupiter.api.Test;

/** For whom questions count beside the caller. */
class HintedUserTest {

  @Test
  void isNobodyElseWhereTheHintNamesTheCaller() {
    assertThat(HintedUser.of(new UserHint.LoginHint("auth0|alice"), "auth0|alice")).isEmpty();
    assertThat(
            HintedUser.of(
                new UserHint.LoginHint(
                    "{\"format\":\"iss_sub\",\"iss\":\"https://t/\",\"sub\":\"auth0|alice\"}"),
                "auth0|alice"))
        .isEmpty();
    assertThat(HintedUser.of(new UserHint.IdTokenHint("a.b.c"), "auth0|alice")).isEmpty();
  }

  @Test
  void isOneForAllAccountsOfOneAddress() {
    var hint = new UserHint.LoginHint("alice@example.com");

    assertThat(HintedUser.of(hint, "auth0|alice"))
        .isPresent()
        .isEqualTo(HintedUser.of(hint, "google|alice"));
  }

  @Test
  void isTheOneWhomATokenNamesButNobodyWhoHasSignedIn() {
    var token =
        new UserHint.LoginHintToken(
            new PlainJWT(new JWTClaimsSet.Builder().claim("email", "alice@example.com").build())
                .serialize());

    assertThat(HintedUser.of(token, "auth0|bob"))
        .isPresent()
        .isEqualTo(HintedUser.of(token, "auth0|mallory"))
        .isNotEqualTo(HintedUser.of(new UserHint.LoginHint("alice@example.com"), "auth0|bob"));
  }
}
