package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.guard.proxy.GuardedBeanDefinitions;
import dev.countersign.guard.proxy.GuardedBeans;
import dev.countersign.guard.proxy.UnguardableMethodException;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.invocation.LangChain4jManaged;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** What can't be guarded stops start-up, and the sentence says why. */
@SuppressWarnings("UnusedMethod")
class UnguardableMethodsTest {

  static class Private {
    @RequiresApproval(message = "Pay")
    private void pay() {}
  }

  static class Static {
    @RequiresApproval(message = "Pay")
    static void pay() {}
  }

  static class FinalMethod {
    @RequiresApproval(message = "Pay")
    final void pay() {}
  }

  static final class FinalClass {
    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  static class Overloaded {
    @RequiresApproval(message = "Pay {euros}")
    void pay(int euros) {}

    void pay(String text) {}
  }

  static class OverloadedAbove extends Overloaded {
    @Override
    void pay(int euros) {}
  }

  static class Later {
    @RequiresApproval(message = "Pay")
    CompletableFuture<String> pay() {
      return CompletableFuture.completedFuture("");
    }
  }

  static class Staged {
    @RequiresApproval(message = "Pay")
    CompletionStage<String> pay() {
      return CompletableFuture.completedFuture("");
    }
  }

  static class Promised {
    @RequiresApproval(message = "Pay")
    Future<String> pay() {
      return CompletableFuture.completedFuture("");
    }
  }

  static class Scheduled {
    @RequiresApproval(message = "Pay")
    ScheduledFuture<String> pay() {
      throw new UnsupportedOperationException();
    }
  }

  static class Async {
    @org.springframework.scheduling.annotation.Async
    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  interface WithDefault {
    @RequiresApproval(message = "Pay")
    default void pay() {}
  }

  static class OfInterface implements WithDefault {}

  @Scope("prototype")
  static class Prototype {
    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  static class Hidden {
    private Hidden() {}

    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  @Configuration
  static class Settings {
    @Bean
    String nothing() {
      return "";
    }

    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  @SuppressWarnings("unused") // the source of a parameterized test
  static final Arguments[] CLASSES = {
    Arguments.of(Private.class, "Private.pay must not be private"),
    Arguments.of(Static.class, "Static.pay must not be static"),
    Arguments.of(FinalMethod.class, "FinalMethod.pay must not be final"),
    Arguments.of(FinalClass.class, "FinalClass has guarded methods and must not be final"),
    Arguments.of(Overloaded.class, "Overloaded.pay must be the only method of that name"),
    Arguments.of(OverloadedAbove.class, "OverloadedAbove.pay must be the only method of that"),
    Arguments.of(Later.class, "Later.pay must answer when it is done"),
    Arguments.of(Staged.class, "Staged.pay must answer when it is done"),
    Arguments.of(Promised.class, "Promised.pay must answer when it is done"),
    Arguments.of(Scheduled.class, "Scheduled.pay must answer when it is done"),
    Arguments.of(Async.class, "Async.pay must answer when it is done"),
    Arguments.of(OfInterface.class, "OfInterface.pay must be overridden by the class"),
    Arguments.of(Prototype.class, "Prototype has guarded methods and must be a singleton"),
    Arguments.of(Hidden.class, "Hidden has guarded methods and must have a constructor that isn't"),
    Arguments.of(Settings.class, "Settings has guarded methods and is a configuration class")
  };

  @ParameterizedTest
  @FieldSource("CLASSES")
  void stopsStartUp(Class<?> bean, String sentence) {
    assertThatThrownBy(() -> start(_ -> {}, bean))
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining(sentence);
  }

  static class Remembers {
    @RequiresApproval(message = "Pay", unseen = "user")
    void pay(@ToolMemoryId String user) {}
  }

  static class TakesParameters {
    @RequiresApproval(message = "Pay", unseen = "given")
    void pay(InvocationParameters given) {}
  }

  static class TakesContext {
    @RequiresApproval(message = "Pay {euros}", unseen = "context")
    void pay(int euros, InvocationContext context) {}
  }

  /** As {@code AgenticScope} of LangChain4j is. */
  interface AgentScope extends LangChain4jManaged {}

  static class TakesManaged {
    @RequiresApproval(message = "Pay", unseen = "scope")
    void pay(AgentScope scope) {}
  }

  static class TakesToolContext {
    @RequiresApproval(message = "Pay", unseen = "context")
    void pay(ToolContext context) {}
  }

  interface Pays {
    @RequiresApproval(message = "Pay", unseen = "user")
    void pay(@ToolMemoryId String user);
  }

  @SuppressWarnings("unused") // the source of a parameterized test
  static final Arguments[] INJECTED = {
    Arguments.of(Remembers.class, "Remembers.pay", "user, which has @ToolMemoryId"),
    Arguments.of(
        TakesParameters.class,
        "TakesParameters.pay",
        "given, which is of the type dev.langchain4j.invocation.InvocationParameters"),
    Arguments.of(
        TakesContext.class,
        "TakesContext.pay",
        "context, which is of the type dev.langchain4j.invocation.InvocationContext"),
    Arguments.of(
        TakesManaged.class,
        "TakesManaged.pay",
        "scope, which is of the type dev.langchain4j.invocation.LangChain4jManaged"),
    Arguments.of(
        TakesToolContext.class,
        "TakesToolContext.pay",
        "context, which is of the type org.springframework.ai.chat.model.ToolContext")
  };

  @ParameterizedTest
  @FieldSource("INJECTED")
  void stopsStartUpWhereAFrameworkWouldPutInAnArgument(
      Class<?> bean, String method, String parameter) {
    assertThatThrownBy(() -> start(_ -> {}, bean))
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining(method + " must not take the parameter " + parameter + ":")
        .hasMessageContaining("Take it out");
  }

  @Test
  void stopsStartUpWhereAFrameworkWouldPutInAnArgumentOfAProxy() {
    Object proxy =
        java.lang.reflect.Proxy.newProxyInstance(
            Pays.class.getClassLoader(), new Class<?>[] {Pays.class}, (_, _, _) -> null);
    assertThatThrownBy(
            () -> start(context -> context.registerBean("bean", Pays.class, () -> (Pays) proxy)))
        .rootCause()
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining("user, which has @ToolMemoryId");
  }

  @Test
  void tellsAllAtOnce() {
    assertThatThrownBy(() -> start(_ -> {}, Private.class, Static.class))
        .hasMessageContaining("Private.pay")
        .hasMessageContaining("Static.pay");
  }

  static class PaysAll {
    void payAll() {
      pay();
    }

    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  static class PaysLater {
    Runnable payLater() {
      return this::pay;
    }

    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  static class PaysInLambda {
    Runnable payLater() {
      return () -> pay();
    }

    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  static class PaysFromInside {
    Runnable payer() {
      return new Runnable() {
        @Override
        public void run() {
          pay();
        }
      };
    }

    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  static class Base {
    void payAll() {
      pay();
    }

    void pay() {}
  }

  static class PaysAbove extends Base {
    @Override
    @RequiresApproval(message = "Pay")
    void pay() {
      super.pay();
    }
  }

  interface PaysTwice {
    @RequiresApproval(message = "Pay")
    void pay();

    default void payTwice() {
      pay();
      pay();
    }
  }

  static class PaysByDefault implements PaysTwice {
    @Override
    public void pay() {}
  }

  @SuppressWarnings("unused") // the source of a parameterized test
  static final Arguments[] SELF_CALLERS = {
    Arguments.of(new PaysByDefault(), "PaysTwice.payTwice"),
    Arguments.of(new PaysAll(), "PaysAll.payAll"),
    Arguments.of(new PaysLater(), "PaysLater.payLater"),
    Arguments.of(new PaysInLambda(), "PaysInLambda.lambda$payLater$0"),
    Arguments.of(new PaysFromInside(), "PaysFromInside$1.run"),
    Arguments.of(new PaysAbove(), "Base.payAll")
  };

  @ParameterizedTest
  @FieldSource("SELF_CALLERS")
  void stopsStartUpWhereABeanOfAFactoryMethodCallsItself(Object bean, String caller) {
    assertThatThrownBy(() -> start(context -> register(context, bean)))
        .rootCause()
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining("calls guarded methods of its own, in ")
        .hasMessageContaining(caller + ", which");
  }

  @SuppressWarnings("unchecked")
  private static <T> void register(AnnotationConfigApplicationContext context, T bean) {
    context.registerBean("bean", (Class<T>) bean.getClass(), () -> bean);
  }

  static class WithFinal {
    final void look() {}

    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  @Test
  void stopsStartUpWhereAFinalMethodWouldRunOnAWrapper() {
    assertThatThrownBy(() -> start(context -> register(context, new WithFinal())))
        .rootCause()
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining("its method look must not be final");
  }

  @Test
  void stopsStartUpWhereAProxysDefaultMethodWouldGoPastTheGuard() {
    Object proxy =
        java.lang.reflect.Proxy.newProxyInstance(
            PaysTwice.class.getClassLoader(), new Class<?>[] {PaysTwice.class}, (_, _, _) -> null);
    assertThatThrownBy(() ->
            start(
                context -> context.registerBean("bean", PaysTwice.class, () -> (PaysTwice) proxy)))
        .rootCause()
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining("PaysTwice.payTwice, which");
  }

  /** Needs a guarded bean before anything can be guarded. */
  static final class Eager implements BeanPostProcessor, org.springframework.core.PriorityOrdered {
    Eager(Plain plain) {
      java.util.Objects.requireNonNull(plain);
    }

    @Override
    public int getOrder() {
      return 0;
    }
  }

  @Test
  void stopsStartUpForABeanThatWasNeededTooEarly() {
    assertThatThrownBy(() ->
            start(
                context ->
                    context.registerBean(
                        Eager.class, () -> new Eager(context.getBean(Plain.class))),
                Plain.class))
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining("was there before it could be guarded");
  }

  static class Plain {
    @RequiresApproval(message = "Pay")
    void pay() {}
  }

  @Test
  void stopsStartUpForAFinishedObject() {
    assertThatThrownBy(() ->
            start(context -> context.getBeanFactory().registerSingleton("plain", new Plain())))
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining(
            "The bean plain has guarded methods, but was there before it could be guarded");
  }

  @Test
  void stopsStartUpWhereSomethingElseIsPutAroundTheGuard() {
    assertThatThrownBy(() -> start(context -> context.registerBean(Replacing.class), Plain.class))
        .isInstanceOf(UnguardableMethodException.class)
        .hasMessageContaining("something else was put around it afterwards");
  }

  /** Puts a bare bean in the place of a guarded one. */
  static final class Replacing implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof Plain ? new Plain() : bean;
    }
  }

  private static void start(Consumer<AnnotationConfigApplicationContext> more, Class<?>... beans) {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(GuardedBeanDefinitions.class);
      context.registerBean(
          GuardedBeans.class, () -> new GuardedBeans(context.getBeanFactory(), RecordingGate::new));
      if (beans.length > 0) {
        context.register(beans);
      }
      more.accept(context);
      context.refresh();
    }
  }
}
