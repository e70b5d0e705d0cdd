package dev.countersign.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import dev.countersign.ciba.UserCode;
import dev.countersign.ciba.provider.Discovery;
import dev.countersign.ciba.provider.ProviderMetadata;
import dev.countersign.keycloak.Agent.Asked;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Poll mode, from the question to the tokens or to the reason why there are none. */
@WithKeycloak
class CibaKeycloakIT {
  private final Keycloak keycloak;
  private final Agent agent;

  CibaKeycloakIT(Keycloak keycloak) {
    this.keycloak = keycloak;
    this.agent = Agent.polling(keycloak);
  }

  @Test
  void tellsWhatItCanDo() {
    ProviderMetadata metadata =
        new Discovery(new OkHttpClient(), keycloak.issuer(), Agent.clock(keycloak.issuer()))
            .discover(Duration.ofSeconds(10));

    assertThat(metadata.issuer()).isEqualTo(keycloak.issuer());
    assertThat(metadata.deliveryModes()).containsExactlyInAnyOrder("poll", "ping");
    assertThat(metadata.userCodes()).isFalse();
    assertThat(metadata.authMethods())
        .contains("client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth")
        .doesNotContain("self_signed_tls_client_auth");
    assertThat(metadata.requestAlgorithms()).contains("PS256", "ES256");
  }

  @Test
  void grantsWhatWasAskedWhenApproved() throws ParseException {
    long before = System.nanoTime();
    Asked asked = agent.ask("Approve_2_headphones");
    assertThat(asked.accepted().expiresIn()).isEqualTo(Duration.ofMinutes(2));
    assertThat(asked.accepted().interval()).isEqualTo(Duration.ofSeconds(1));
    PhoneRequest rung = keycloak.phone().awaitRequest(asked.message());
    assertThat(rung.text("login_hint")).isEqualTo("alice");
    assertThat(rung.text("scope").split(" ")).contains("openid", "product:buy");
    assertThat(agent.poll(asked)).isEqualTo(new TokenAnswer.Pending());

    assertThat(keycloak.phone().decide(rung, Decision.SUCCEED)).isEqualTo(200);

    Tokens tokens = granted(agent.awaitDecision(asked));
    assertThat(agent.client().check(tokens, asked.request(), asked.authReqId(), since(before)))
        .isInstanceOf(GrantCheck.Valid.class);
    assertThat(tokens.expiresIn()).isEqualTo(Duration.ofMinutes(5));
    assertThat(tokens.scopes()).containsExactlyInAnyOrder("openid", "product:buy");
    assertThat(SignedJWT.parse(tokens.accessToken()).getJWTClaimsSet().getAudience())
        .containsExactly("sample-shop-api");
    SignedJWT idToken = SignedJWT.parse(Objects.requireNonNull(tokens.idToken()));
    assertThat(idToken.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(idToken.getJWTClaimsSet().getSubject()).isEqualTo(Agent.ALICE);
    assertThat(idToken.getJWTClaimsSet().getAudience()).containsExactly("agent");
    assertThat(idToken.getJWTClaimsSet().getClaims())
        .containsKey("at_hash")
        .doesNotContainKey("urn:openid:params:jwt:claim:auth_req_id");
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  @Test
  void grantsNothingWhenAnotherUserIsExpected() {
    long before = System.nanoTime();
    Asked bob = agent.ask(Agent.request("bob", "Approve_as_bob", null));
    decide(bob, Decision.SUCCEED);

    Tokens tokens = granted(agent.awaitDecision(bob));

    assertThat(agent.client().check(tokens, bob.request(), bob.authReqId(), since(before)))
        .isInstanceOf(GrantCheck.Invalid.class);
  }

  @Test
  void grantsTheTokensOnce() {
    Asked asked = agent.ask("Approve_once");
    decide(asked, Decision.SUCCEED);
    granted(agent.awaitDecision(asked));

    assertThat(agent.awaitDecision(asked)).isInstanceOf(TokenAnswer.InvalidGrant.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAUTHORIZED", "CANCELLED"})
  void deniesWhenTheUserDoesOrClosesTheQuestion(Decision decision) {
    Asked asked = agent.ask("Deny_by_" + decision);
    decide(asked, decision);

    assertThat(agent.awaitDecision(asked)).isInstanceOf(TokenAnswer.Denied.class);
    assertThat(agent.awaitDecision(asked)).isInstanceOf(TokenAnswer.Denied.class);
  }

  @Test
  void expiresWhenNobodyAnswers() {
    try (var _ = keycloak.admin().expiresIn(Duration.ofSeconds(3))) {
      Asked asked = agent.ask("Expire");
      assertThat(asked.accepted().expiresIn()).isEqualTo(Duration.ofSeconds(3));

      assertThat(agent.awaitDecision(asked)).isEqualTo(new TokenAnswer.Expired());
    }
  }

  @Test
  void slowsDownWhenPolledTooEarlyAndNamesNoInterval() {
    try (var _ = keycloak.admin().interval(Duration.ofSeconds(30))) {
      Asked asked = agent.ask("Slow_down");
      assertThat(asked.accepted().interval()).isEqualTo(Duration.ofSeconds(30));

      assertThat(agent.poll(asked)).isEqualTo(new TokenAnswer.Pending());
      assertThat(agent.poll(asked)).isEqualTo(new TokenAnswer.SlowDown(null, null));
    }
  }

  @Test
  void losesTheApprovalWhenThePhoneAnswersTwice() {
    Asked asked = agent.ask("Approve_twice");
    PhoneRequest rung = keycloak.phone().awaitRequest(asked.message());
    assertThat(keycloak.phone().decide(rung, Decision.SUCCEED)).isEqualTo(200);
    assertThat(keycloak.phone().decide(rung, Decision.SUCCEED)).isEqualTo(403);

    assertThat(agent.awaitDecision(asked)).isInstanceOf(TokenAnswer.InvalidGrant.class);
  }

  @Test
  void stillGrantsAfterADenialSoThatOnlyTheFirstAnswerMayCount() {
    Asked asked = agent.ask("Deny_then_approve");
    decide(asked, Decision.UNAUTHORIZED);
    assertThat(agent.awaitDecision(asked)).isInstanceOf(TokenAnswer.Denied.class);
    decide(asked, Decision.SUCCEED);

    granted(agent.awaitDecision(asked));
  }

  @ParameterizedTest
  @CsvSource({
    "nobody,     Refuse, 400, invalid_request,         invalid_user",
    "disabled,   Refuse, 400, invalid_request,         invalid_user",
    "11111111-1111-4111-8111-111111111111, Refuse, 400, invalid_request, invalid_user",
    "alice,      Do you want to buy 2 headphones, 400, invalid_binding_message,",
    "alice,      A_message_of_more_than_fifty_characters_is_refused_, 400, invalid_binding_message,"
  })
  void refusesWhenTheUserOrTheMessageCanNotBe(
      String user, String message, int status, String error, String description) {
    AuthenticationAnswer answer = agent.client().authenticate(Agent.request(user, message, null));

    assertThat(answer)
        .isInstanceOfSatisfying(
            AuthenticationAnswer.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.error()).isEqualTo(error);
              if (description != null) {
                assertThat(refused.description()).contains(description);
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "agent,   not-the-secret, 401, unauthorized_client",
    "nobody,  agent-secret,   401, invalid_client",
    "no-ciba, no-ciba-secret, 401, invalid_grant"
  })
  void refusesWhenTheClientMayNotAsk(String clientId, String secret, int status, String error) {
    Agent stranger = Agent.with(keycloak, Agent.basic(clientId, secret));

    assertThat(stranger.client().authenticate(Agent.request("Not_for_you")))
        .isInstanceOfSatisfying(
            AuthenticationAnswer.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.error()).isEqualTo(error);
            });
    assertThat(keycloak.phone().rings("Not_for_you")).isZero();
  }

  @Test
  void refusesAUserCode() {
    AuthenticationRequest plain = Agent.request("User_code");
    AuthenticationRequest withCode =
        new AuthenticationRequest(
            plain.hint(),
            plain.user(),
            plain.bindingMessage(),
            plain.scopes(),
            null,
            null,
            plain.requestedExpiry(),
            List.of(),
            new UserCode("1234"),
            null);

    assertThat(agent.client().authenticate(withCode))
        .isInstanceOf(AuthenticationAnswer.Refused.class);
  }

  @Test
  void grantsNothingWhenTheUserMustFirstDoSomething() {
    Asked asked = agent.ask(Agent.request("unfinished", "Unfinished", null));
    decide(asked, Decision.SUCCEED);

    assertThat(agent.awaitDecision(asked)).isInstanceOf(TokenAnswer.InvalidGrant.class);
  }

  @Test
  void isAmbiguousWhenThePhoneCanNotBeReachedAndServesTheNextRequest() {
    try (var _ = keycloak.phone().answeringRequests(500)) {
      assertThat(agent.client().authenticate(Agent.request("Phone_is_down")))
          .isEqualTo(new AuthenticationAnswer.Ambiguous("the provider answered 503"));
    }
    agent.ask("Phone_is_up");
    assertThat(keycloak.phone().rings("Phone_is_up")).isEqualTo(1);
  }

  private void decide(Asked asked, Decision decision) {
    PhoneRequest rung = keycloak.phone().awaitRequest(asked.message());
    assertThat(keycloak.phone().decide(rung, decision)).isEqualTo(200);
  }

  private static Tokens granted(TokenAnswer answer) {
    return switch (answer) {
      case TokenAnswer.Granted(var tokens) -> tokens;
      case TokenAnswer other -> throw new AssertionError("Keycloak answered " + other);
    };
  }
}
