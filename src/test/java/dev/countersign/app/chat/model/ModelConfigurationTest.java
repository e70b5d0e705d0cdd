package dev.countersign.app.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.chat.tool.ToolFixtures;
import dev.countersign.app.chat.tool.Tools;
import dev.countersign.settings.InvalidSettingException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
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

  @Test
  void refusesAnAddressThatIsNone() {
    assertThatThrownBy(() -> WiredModel.properties("sk-test", "api.example.com", null))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("OPENAI_BASE_URL")
        .hasMessageContaining("but is api.example.com");
  }
}
