package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.guard.proxy.GuardedBeanDefinitions;
import dev.countersign.guard.proxy.GuardedBeans;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Guarded beans are tools of LangChain4j's like any others. */
class AiServicesTest {
  private final RecordingGate gate = new RecordingGate();
  private final ScriptedModel model = new ScriptedModel();

  static class Agenda {
    @Tool("Today's appointments")
    String appointments() {
      return "none";
    }
  }

  static class BankTools extends Agenda {
    @Tool("Transfer money")
    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    String transfer(BigDecimal amount, @P("where to") String iban) {
      return "transferred";
    }

    @Tool("Look at an account")
    String balance() {
      return "100";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ByFactoryMethod {
    @Bean
    BankTools bank() {
      return new BankTools();
    }
  }

  interface Assistant {
    String chat(String words);
  }

  private static final class ScriptedModel implements ChatModel {
    final List<ChatRequest> requests = new ArrayList<>();

    @Override
    public ChatResponse doChat(ChatRequest request) {
      requests.add(request);
      AiMessage answer =
          requests.size() == 1
              ? AiMessage.from(
                  ToolExecutionRequest.builder()
                      .id("call_0")
                      .name("transfer")
                      .arguments("{\"amount\": 12.5, \"iban\": \"DE1\"}")
                      .build())
              : AiMessage.from("I have asked you.");
      return ChatResponse.builder().aiMessage(answer).build();
    }
  }

  private void chatsWith(Class<?> beans) {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(GuardedBeanDefinitions.class);
      context.registerBean(
          GuardedBeans.class, () -> new GuardedBeans(context.getBeanFactory(), () -> gate));
      context.register(beans);
      context.refresh();
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .chatModel(model)
              .tools(context.getBean(BankTools.class))
              .build();

      assertThat(assistant.chat("Transfer 12.50 to DE1")).isEqualTo("I have asked you.");
    }
  }

  private void assertAsked() {
    assertThat(model.requests.getFirst().toolSpecifications())
        .extracting(ToolSpecification::name)
        .containsExactlyInAnyOrder("transfer", "balance", "appointments");
    assertThat(
            model.requests.getFirst().toolSpecifications().stream()
                .filter(tool -> tool.name().equals("transfer"))
                .findFirst()
                .orElseThrow()
                .parameters()
                .properties())
        .containsOnlyKeys("amount", "iban");
    assertThat(gate.called()).containsExactly("transfer[12.5, DE1]");
    assertThat(model.requests.getLast().messages().getLast())
        .isInstanceOfSatisfying(
            ToolExecutionResultMessage.class,
            result -> assertThat(result.text()).isEqualTo("asked: transfer[12.5, DE1]"));
  }

  @Test
  void callsABeanMadeOfItsClass() {
    chatsWith(BankTools.class);

    assertAsked();
  }

  @Test
  void callsABeanOfAFactoryMethod() {
    chatsWith(ByFactoryMethod.class);

    assertAsked();
  }
}
