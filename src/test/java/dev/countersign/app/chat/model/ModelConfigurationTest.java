package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.chat.budget.ChatBudget;
import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.tool.Tools;
import dev.countersign.settings.InvalidSettingException;
import dev.countersign.tracing.Traces;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ModelConfigurationTest {
  private final ApplicationContextRunner app =
      new ApplicationContextRunner()
          .withUserConfiguration(ModelConfiguration.class)
          .withBean(ModelUser.class);

  record ModelUser(ChatModel model) {}

  private static final class OtherModel implements ChatModel {}

  @Test
  void usesOpenAiWhenThereIsAKey() {
    app.withPropertyValues("countersign.chat.model.api-key=sk-test")
        .run(context ->
            assertThat(context.getBean(ModelUser.class).model())
                .isInstanceOf(OpenAiChatModel.class));
  }

  @Test
  void needsNoKeyWhenAnotherServerIsNamed() {
    app.withPropertyValues("countersign.chat.model.base-url=http://localhost:11434/v1")
        .run(context ->
            assertThat(context.getBean(ModelUser.class).model())
                .isInstanceOf(OpenAiChatModel.class));
  }

  @Test
  void usesAnotherModelThatIsThere() {
    app.withBean(OtherModel.class)
        .run(context ->
            assertThat(context.getBean(ModelUser.class).model()).isInstanceOf(OtherModel.class));
  }

  @Test
  void wiresTheActivity() {
    app.withBean(OtherModel.class)
        .withBean(SimpleMeterRegistry.class)
        .withBean(Tools.class, ToolFixtures::tools)
        .withBean(ChatBudget.class, () -> ChatBudget.UNLIMITED)
        .withBean(Traces.class, Traces::none)
        .withUserConfiguration(ModelActivitiesImpl.class)
        .run(context -> assertThat(context).hasSingleBean(ModelActivities.class));
  }

  @Test
  void stopsWithASentenceWhenThereIsNoModel() {
    app.run(context ->
        assertThat(context.getStartupFailure())
            .rootCause()
            .isInstanceOf(InvalidSettingException.class)
            .hasMessageContaining("OPENAI_API_KEY is not set"));
  }

  @ParameterizedTest
  @CsvSource({
    "answer-timeout, 1s",
    "answer-timeout, 11m",
    "most-rounds, 0",
    "most-rounds, 51",
    "turn-time, 0s",
    "turn-time, 31m",
    "max-tokens, 0",
    "max-tokens-again, 0"
  })
  void stopsWithASentenceThatNamesTheSetting(String name, String value) {
    app.withPropertyValues(
            "countersign.chat.model.api-key=sk-test",
            "countersign.chat.model." + name + "=" + value)
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .hasMessageStartingWith("countersign.chat.model." + name + " must be "));
  }

  @Test
  void saysInHealthWhichModelSpeaksAndHowItsLastCallsWent() {
    app.withPropertyValues(
            "countersign.chat.model.base-url=http://localhost:11434/v1",
            "countersign.chat.model.name=qwen")
        .run(context -> {
          var health = context.getBean(ModelHealthIndicator.class);
          ModelRecord calls = context.getBean(ModelRecord.class);
          assertThat(health.health().getDetails())
              .containsEntry("model", "qwen")
              .containsEntry("address", "http://localhost:11434/v1")
              .containsEntry("lastAnswer", "none since the start");

          calls.answered(Instant.EPOCH);
          calls.failed(Instant.EPOCH.plusSeconds(1), "ModelAway");

          assertThat(health.health().getStatus()).isEqualTo(Status.UP);
          assertThat(health.health().getDetails())
              .containsEntry("lastAnswer", Instant.EPOCH)
              .containsEntry("failure", "ModelAway");

          calls.answered(Instant.EPOCH.plusSeconds(2));

          assertThat(health.health().getDetails()).doesNotContainKey("failure");
        });
  }

  @Test
  void hasDefaults() {
    var properties = WiredModel.properties(null, "", " ");

    assertThat(properties.apiKey()).isEmpty();
    assertThat(properties.baseUrl()).isEqualTo("https://api.openai.com/v1");
    assertThat(properties.name()).isEqualTo("gpt-5-mini");
  }

  @Test
  void bindsEachNameAndHidesTheKey() {
    app.withPropertyValues(
            "countersign.chat.model.api-key=sk-test",
            "countersign.chat.model.base-url=http://localhost:11434/v1",
            "countersign.chat.model.name=qwen")
        .run(context -> {
          ModelProperties properties = context.getBean(ModelProperties.class);
          assertThat(properties)
              .isEqualTo(WiredModel.properties("sk-test", "http://localhost:11434/v1", "qwen"));
          assertThat(properties.toString()).contains("qwen").doesNotContain("sk-test");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ada:s3cret@host.example/v1",
        "https://s3cret@host.example/v1",
        "https://ada:s3cret@host_1/v1",
        "https://ada:s3 cret@host.example/v1",
        "host.example/v1?key=s3cret",
        "https://host.example/v1?key=s3cret",
        "https://host.example/v1?key=s3%cret",
        "https://host.example/v1#s3cret"
      })
  void refusesAnAddressWithASecretInItAndDoesNotSayIt(String address) {
    assertThatThrownBy(() -> WiredModel.properties("sk-test", address, null))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("OPENAI_BASE_URL (countersign.chat.model.base-url) must be")
        .hasMessageContaining("OPENAI_API_KEY")
        .hasMessageNotContainingAny("s3", "cret", "ada");
  }

  @Test
  void takesAnAddressWithAMarkInItsPath() {
    assertThat(WiredModel.properties("sk-test", "https://host.example/@me/v1", null).baseUrl())
        .isEqualTo("https://host.example/@me/v1");
  }

  @Test
  void refusesAnAddressThatIsNone() {
    assertThatThrownBy(() -> WiredModel.properties("sk-test", "api.example.com", null))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("OPENAI_BASE_URL")
        .hasMessageContaining("but is api.example.com");
  }
}
