package dev.countersign.app.edge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgePropertiesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PT0.5S | 1 | 1       | 1 | countersign.edge.request-deadline (COUNTERSIGN_EDGE_REQUESTDEADLINE) must be 1s to 10m, but is 500ms.
          PT11M  | 1 | 1       | 1 | countersign.edge.request-deadline (COUNTERSIGN_EDGE_REQUESTDEADLINE) must be 1s to 10m, but is 660000ms.
          PT30S  | 0 | 1       | 1 | countersign.edge.requests-per-address-and-minute (COUNTERSIGN_EDGE_REQUESTSPERADDRESSANDMINUTE) must be 1 to 1000000, but is 0.
          PT30S  | 1 | 1000001 | 1 | countersign.edge.requests-per-user-and-minute (COUNTERSIGN_EDGE_REQUESTSPERUSERANDMINUTE) must be 1 to 1000000, but is 1000001.
          PT30S  | 1 | 1       | 0 | countersign.edge.refusals-per-address-and-minute (COUNTERSIGN_EDGE_REFUSALSPERADDRESSANDMINUTE) must be 1 to 1000000, but is 0.
          """)
  void sayWhatIsWrong(Duration deadline, int ofAddress, int ofUser, int refusals, String sentence) {
    assertThatThrownBy(() -> new EdgeProperties(deadline, ofAddress, ofUser, refusals))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
