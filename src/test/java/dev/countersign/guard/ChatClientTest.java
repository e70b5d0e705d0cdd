package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.guard.proxy.GuardedBeanDefinitions;
import dev.countersign.guard.proxy.GuardedBeans;
import dev.countersign.guard.proxy.UnguardableMethodException;
import java.math.BigDecimal;
import java.util.Arrays;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Guarded beans are tools of Spring AI's like any others: {@code ChatClient.tools} does this. */
class ChatClientTest {
  private final RecordingGate gate = new RecordingGate();

  static class Bank {
    @Tool(description = "Close an account")
    @RequiresApproval(message = "Close {iban}")
    public String close(String iban) {
      return "closed";
    }
  }

  static class BankTools extends Bank {
    private final String amount = String.valueOf(100);

    @Tool(description = "Transfer money")
    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    String transfer(BigDecimal amount, String iban) {
      return "transferred";
    }

    @Tool(description = "Look at an account")
    String balance(String iban) {
      return iban + ": " + amount;
    }

    String secret() {
      return "none of a model's";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ByFactoryMethod {
    @Bean
    BankTools bank() {
      return new BankTools();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Aspects {
    @Bean
    static DefaultAdvisorAutoProxyCreator proxies() {
      DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
      creator.setProxyTargetClass(true);
      return creator;
    }

    @Bean
    NameMatchMethodPointcutAdvisor nothing() {
      NameMatchMethodPointcutAdvisor advisor =
          new NameMatchMethodPointcutAdvisor(
              (MethodInterceptor) invocation -> invocation.proceed());
      advisor.setMappedNames("transfer", "balance");
      return advisor;
    }
  }

  private AnnotationConfigApplicationContext started(Class<?>... beans) {
    var context = new AnnotationConfigApplicationContext();
    context.registerBean(GuardedBeanDefinitions.class);
    context.registerBean(
        GuardedBeans.class, () -> new GuardedBeans(context.getBeanFactory(), () -> gate));
    context.register(beans);
    context.refresh();
    return context;
  }

  private void asksAndKeepsOtherTools(Class<?>... beans) {
    try (var context = started(beans)) {
      ToolCallback[] tools = ToolCallbacks.from(context.getBean(BankTools.class));

      assertThat(tools)
          .extracting(tool -> tool.getToolDefinition().name())
          .contains("transfer", "balance")
          .doesNotContain("secret");
      assertThat(named("transfer", tools).call("{\"amount\": 12.5, \"iban\": \"DE1\"}"))
          .contains("asked: transfer[12.5, DE1]");
      assertThat(named("balance", tools).call("{\"iban\": \"DE1\"}")).contains("DE1: 100");
      assertThat(named("balance", tools).getToolDefinition().description())
          .isEqualTo("Look at an account");
      assertThat(gate.called()).containsExactly("transfer[12.5, DE1]");
    }
  }

  private static ToolCallback named(String name, ToolCallback... tools) {
    return Arrays.stream(tools)
        .filter(tool -> tool.getToolDefinition().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void callsABeanMadeOfItsClass() {
    asksAndKeepsOtherTools(BankTools.class);
  }

  @Test
  void callsABeanOfAFactoryMethod() {
    asksAndKeepsOtherTools(ByFactoryMethod.class);
  }

  @Test
  void callsABeanWithAspects() {
    asksAndKeepsOtherTools(Aspects.class, BankTools.class);
    gate.forget();
    asksAndKeepsOtherTools(Aspects.class, ByFactoryMethod.class);
  }

  static class PrivateTool extends Bank {
    @Tool(description = "Look at an account")
    @SuppressWarnings("unused") // frameworks look for it
    private String balance() {
      return "100";
    }
  }

  static class StaticTool extends Bank {
    @Tool(description = "Look at an account")
    static String balance() {
      return "100";
    }
  }

  static class FinalTool extends Bank {
    @Tool(description = "Look at an account")
    final String balance() {
      return "100";
    }
  }

  /** Spring AI would leave it out without a word. */
  @ParameterizedTest
  @ValueSource(classes = {PrivateTool.class, StaticTool.class, FinalTool.class})
  void stopsStartUpWhereAToolWouldBeLost(Class<?> bean) {
    assertThatThrownBy(() -> started(bean).close())
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining(
            "Tool.balance must not be private, static or final, or must be in a bean of its own");
  }
}
