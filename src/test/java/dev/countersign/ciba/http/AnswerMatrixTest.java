package dev.countersign.ciba.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.http.AnswerRow.Manner;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/ciba-answers.md} holds: every row of it is sent, and read as it says. */
class AnswerMatrixTest {
  private static final String BACKCHANNEL = "Backchannel authentication endpoint";
  private static final String TOKEN = "Token endpoint";
  private static final AuthReqId AUTH_REQ_ID = new AuthReqId("XyVW8Z3H");

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Provider provider = new Provider(server);

  static List<AnswerRow> authenticationRows() {
    return AnswerTable.below(BACKCHANNEL);
  }

  static List<AnswerRow> tokenRows() {
    return AnswerTable.below(TOKEN);
  }

  @ParameterizedTest
  @MethodSource("authenticationRows")
  void authenticationAnswerIsThatOfTheRow(AnswerRow row) {
    AuthenticationRequest asked =
        row.manner() == Manner.TO_PING_MODE ? Provider.askedInPingMode() : Provider.ASKED;

    check(row, client -> AnswerNotation.of(client.authenticate(asked)));
  }

  @ParameterizedTest
  @MethodSource("tokenRows")
  void tokenAnswerIsThatOfTheRow(AnswerRow row) {
    check(row, client -> AnswerNotation.of(client.token(AUTH_REQ_ID)));
  }

  @Test
  void everyLineOfTheTablesIsARow() {
    int heads = 2 * 2;

    assertThat(AnswerTable.linesOfTables())
        .isEqualTo(authenticationRows().size() + tokenRows().size() + heads);
  }

  @ParameterizedTest
  @ValueSource(strings = {BACKCHANNEL, TOKEN})
  void noRowIsThereTwice(String heading) {
    assertThat(AnswerTable.below(heading))
        .extracting(row -> List.of(row.status(), row.headers(), row.body(), row.manner()))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyTypeOfAnswerHasARow() {
    assertThat(types(authenticationRows())).isEqualTo(cases(AuthenticationAnswer.class));
    assertThat(types(tokenRows())).isEqualTo(cases(TokenAnswer.class));
  }

  @ParameterizedTest
  @CsvSource({
    // CIBA Core 13
    BACKCHANNEL + ",400,invalid_request",
    BACKCHANNEL + ",400,invalid_scope",
    BACKCHANNEL + ",400,expired_login_hint_token",
    BACKCHANNEL + ",400,unknown_user_id",
    BACKCHANNEL + ",400,unauthorized_client",
    BACKCHANNEL + ",400,missing_user_code",
    BACKCHANNEL + ",400,invalid_user_code",
    BACKCHANNEL + ",400,invalid_binding_message",
    BACKCHANNEL + ",401,invalid_client",
    BACKCHANNEL + ",403,access_denied",
    BACKCHANNEL + ",400,invalid_authorization_details", // RFC 9396 5
    BACKCHANNEL + ",400,invalid_target", // RFC 8707 2
    // CIBA Core 11
    TOKEN + ",400,authorization_pending",
    TOKEN + ",400,slow_down",
    TOKEN + ",400,expired_token",
    TOKEN + ",400,access_denied",
    TOKEN + ",400,invalid_grant",
    TOKEN + ",400,unauthorized_client",
    TOKEN + ",400,invalid_request",
    TOKEN + ",401,invalid_client"
  })
  void everyErrorOfTheSpecificationsHasARow(String heading, String status, String error) {
    assertThat(AnswerTable.below(heading))
        .anySatisfy(row -> {
          assertThat(row.status()).isEqualTo(status);
          assertThat(row.body()).startsWith("{\"error\":\"" + error + "\"");
        });
  }

  /** Sends what the row says; whatever it is, one request is made and no other. */
  private void check(AnswerRow row, Function<BackchannelClient, String> call) {
    BackchannelClient client =
        row.manner() == Manner.STALL ? provider.hastyClient() : provider.client();
    if (row.manner() == Manner.NO_CONNECTION) {
      server.close();
    } else {
      server.enqueue(row.response());
    }

    assertThat(call.apply(client)).matches(row.expected());
    assertThat(server.getRequestCount()).isEqualTo(row.manner() == Manner.NO_CONNECTION ? 0 : 1);
  }

  private static Set<String> types(List<AnswerRow> rows) {
    return rows.stream().map(AnswerRow::type).collect(Collectors.toSet());
  }

  private static Set<String> cases(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .collect(Collectors.toSet());
  }
}
