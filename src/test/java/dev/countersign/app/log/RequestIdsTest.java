package dev.countersign.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

class RequestIdsTest {
  private final RequestIds ids = new RequestIds();

  @AfterEach
  void forget() {
    MDC.clear();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "id, shop_online-0af-1, shop_online-0af-1",
        "conversationId, c-0af-1, c-0af-1",
        "message, 3, none",
        "id, a b, none"
      })
  void linesOfARequestNameWhatItsPathNames(String variable, String value, @Nullable String named) {
    var request = new MockHttpServletRequest();
    request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of(variable, value));

    ids.preHandle(request, new MockHttpServletResponse(), this);
    assertThat(MDC.get("WorkflowId")).isEqualTo(named);
    ids.afterCompletion(request, new MockHttpServletResponse(), this, null);
    assertThat(MDC.get("WorkflowId")).isNull();
  }
}
