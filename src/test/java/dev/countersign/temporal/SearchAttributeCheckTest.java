package dev.countersign.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.common.SearchAttributeKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchAttributeCheckTest {
  private final Namespace namespace = new Namespace();
  private final SearchAttributeCheck check =
      new SearchAttributeCheck(
          namespace,
          "orders",
          new RequiredSearchAttributes(
              List.of(
                  SearchAttributeKey.forKeyword("Status"),
                  SearchAttributeKey.forOffsetDateTime("Until"))),
          Duration.ofSeconds(2),
          Duration.ofMillis(1));

  @Test
  void registersWhatIsMissingAndWaitsUntilItIsUsable() {
    namespace.usableAfterLooks = 3;
    check.run();
    assertThat(namespace.attributes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Status", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
                "Until", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME));
    assertThat(namespace.looks).isGreaterThanOrEqualTo(3);
  }

  @Test
  void leavesWhatIsThereAlone() {
    namespace.attributes.put("Status", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    namespace.attributes.put("Until", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
    namespace.attributes.put("Other", IndexedValueType.INDEXED_VALUE_TYPE_BOOL);
    namespace.open = false;
    check.run();
    assertThat(namespace.registrations).isZero();
  }

  @Test
  void stopsWithTheCommandWhenTheTypeIsWrong() {
    namespace.attributes.put("Status", IndexedValueType.INDEXED_VALUE_TYPE_TEXT);
    assertThatExceptionOfType(TemporalStartException.class)
        .isThrownBy(check::run)
        .withMessage("The search attribute Status must be of type Keyword, but is Text.")
        .satisfies(e ->
            assertThat(e.action())
                .contains(
                    "temporal operator search-attribute remove --namespace orders --name Status")
                .contains(
                    "temporal operator search-attribute create --namespace orders --name Status --type Keyword"));
  }

  @Test
  void stopsWithTheCommandWhenItMayNotRegister() {
    namespace.attributes.put("Status", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    namespace.open = false;
    assertThatExceptionOfType(TemporalStartException.class)
        .isThrownBy(check::run)
        .withMessageContaining("no search attribute Until")
        .satisfies(e ->
            assertThat(e.action())
                .contains(
                    "temporal operator search-attribute create --namespace orders --name Until --type Datetime"));
  }

  @Test
  void acceptsWhatIsUsableWhenTheServerListsNothing() {
    namespace.attributes.put("Status", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    namespace.attributes.put("Until", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
    namespace.lists = false;
    namespace.open = false;
    check.run();
    assertThat(namespace.registrations).isZero();
  }

  @Test
  void stopsWhenAnAttributeDoesNotBecomeUsable() {
    namespace.usableAfterLooks = Integer.MAX_VALUE;
    assertThatExceptionOfType(TemporalStartException.class)
        .isThrownBy(check::run)
        .withMessageContaining("Status is registered, but was not usable within");
  }

  /** A namespace that keeps its search attributes in memory. */
  private static final class Namespace implements SearchAttributeRegistry {
    private final Map<String, IndexedValueType> attributes = new HashMap<>();
    private boolean open = true;
    private boolean lists = true;
    private int usableAfterLooks;
    private int looks;
    private int registrations;

    @Override
    public Optional<Map<String, IndexedValueType>> registered() {
      return lists ? Optional.of(Map.copyOf(attributes)) : Optional.empty();
    }

    @Override
    public boolean register(String name, IndexedValueType type) {
      if (open) {
        registrations++;
        attributes.put(name, type);
      }
      return open;
    }

    @Override
    public boolean isUsable(String name) {
      return attributes.containsKey(name) && looks++ >= usableAfterLooks;
    }
  }
}
