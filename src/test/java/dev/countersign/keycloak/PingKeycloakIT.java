package dev.countersign.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.ClientNotificationToken;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.keycloak.Agent.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ping mode: Keycloak tells that there is a decision, the client fetches it. */
@WithKeycloak
class PingKeycloakIT {
  private static final ClientNotificationToken TOKEN =
      new ClientNotificationToken("a5c9.4Gd-0f_8~notification+token/of=the=test");

  private final Keycloak keycloak;
  private final Agent agent;

  PingKeycloakIT(Keycloak keycloak) {
    this.keycloak = keycloak;
    this.agent = Agent.with(keycloak, Agent.basic("agent-ping", "agent-ping-secret"));
  }

  @ParameterizedTest
  @CsvSource({"SUCCEED,      Granted", "UNAUTHORIZED, Denied", "CANCELLED,    Denied"})
  void notifiesOfEachDecisionWhichIsThereAtOnce(Decision decision, String answer) {
    Asked asked = agent.ask(request("Ping_" + decision));
    PhoneRequest rung = keycloak.phone().awaitRequest(asked.message());
    assertThat(keycloak.phone().decide(rung, decision)).isEqualTo(200);

    Ping ping = keycloak.phone().awaitPing(asked.authReqId().value());
    assertThat(ping.authorization()).isEqualTo("Bearer " + TOKEN.value());
    assertThat(ping.body()).hasSize(1);
    assertThat(agent.poll(asked).getClass().getSimpleName()).isEqualTo(answer);
  }

  @Test
  void grantsToWhoPollsWhenTheNotificationWasNotTaken() {
    Asked asked = agent.ask(request("Ping_refused"));
    PhoneRequest rung = keycloak.phone().awaitRequest(asked.message());
    try (var _ = keycloak.phone().answeringPings(500)) {
      assertThat(keycloak.phone().decide(rung, Decision.SUCCEED)).isEqualTo(400);
    }

    assertThat(agent.awaitDecision(asked)).isInstanceOf(TokenAnswer.Granted.class);
  }

  @Test
  void refusesARequestWithoutANotificationToken() {
    assertThat(agent.client().authenticate(Agent.request("Ping_without_token")))
        .isInstanceOfSatisfying(
            AuthenticationAnswer.Refused.class,
            refused -> assertThat(refused.error()).isEqualTo("invalid_request"));
  }

  @Test
  void refusesANotificationTokenInPollMode() {
    assertThat(Agent.polling(keycloak).client().authenticate(request("Poll_with_token")))
        .isInstanceOfSatisfying(
            AuthenticationAnswer.Refused.class,
            refused -> assertThat(refused.error()).isEqualTo("invalid_request"));
  }

  private static AuthenticationRequest request(String bindingMessage) {
    return Agent.request("alice", bindingMessage, TOKEN);
  }
}
