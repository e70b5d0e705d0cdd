package dev.countersign.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.guard.ApproverResolver;
import dev.countersign.guard.CallListener;
import dev.countersign.guard.CallNews;
import dev.countersign.guard.CallNotDoneException;
import dev.countersign.guard.CallUser;
import dev.countersign.guard.Freezer;
import dev.countersign.guard.Gate;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.InvalidArgumentsException;
import dev.countersign.guard.ListenerActivities;
import dev.countersign.guard.LooksUp;
import dev.countersign.guard.NewsFixtures;
import dev.countersign.guard.Remember;
import dev.countersign.guard.RememberedApprovals;
import dev.countersign.guard.RequiresApproval;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.guard.proxy.UnguardableMethodException;
import dev.countersign.langchain4j.GuardedTools;
import dev.countersign.message.MessageRules;
import dev.countersign.settings.InvalidSettingException;
import dev.countersign.springai.GuardedToolCallbacks;
import dev.countersign.temporal.CountersignTemporal;
import dev.countersign.vault.Vault;
import dev.countersign.workflow.TaskQueues;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/** What a host gets of the guard, and what it doesn't. */
class GuardAutoConfigurationTest {
  private static final String USER_KEY =
      "countersign.guard.user-key=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  /** What else of the library is there. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({
    ApprovalProperties.class,
    CibaProperties.class,
    GuardProperties.class,
    QuestionProperties.class,
    MessageProperties.class,
    OidcProperties.class,
    MessageCodeProperties.class,
    ReAskProperties.class
  })
  static class Library {
    @Bean
    Vault vault() {
      return Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
    }

    @Bean
    LoginHintTemplate loginHint() {
      return new LoginHintTemplate("{sub}", "https://tenant.example.com/");
    }

    @Bean
    RemoteClocks clocks() {
      return new RemoteClocks(Clock.systemUTC(), Duration.ofMinutes(5));
    }

    @Bean
    CountersignTemporal temporal() {
      WorkflowClient client =
          WorkflowClient.newInstance(
              WorkflowServiceStubs.newServiceStubs(
                  WorkflowServiceStubsOptions.newBuilder().setTarget("localhost:1").build()));
      return new CountersignTemporal(
          client, WorkerFactory.newInstance(client), new TaskQueues("host"));
    }
  }

  static class Tools {
    @RequiresApproval(message = "Delete {name}")
    String delete(String name) {
      return "deleted " + name;
    }
  }

  static class Careless {
    @RequiresApproval(message = "Delete a file")
    String delete(String name) {
      return "deleted " + name;
    }
  }

  static class Hurried {
    @RequiresApproval(message = "Delete {name}", await = "two minutes")
    String delete(String name) {
      return "deleted " + name;
    }
  }

  static class Forgotten {
    @RequiresApproval(message = "Delete {name}", remember = Remember.USER, rememberFor = "1h")
    String delete(String name) {
      return "deleted " + name;
    }
  }

  static class Expiring {
    @RequiresApproval(message = "Delete {name}", expiry = "two minutes")
    String delete(String name) {
      return "deleted " + name;
    }
  }

  static class OtherTools {
    @RequiresApproval(message = "Delete the row {id}")
    void delete(int id) {}
  }

  static class Strict {
    @RequiresApproval(message = "Delete {qty} {name}")
    String delete(
        @Size(max = 5, message = "must have at most 5 characters") String name,
        @Min(value = 1, message = "must be at least 1") int qty) {
      return "deleted " + name;
    }
  }

  static class Forgetful {
    @RequiresApproval(message = "Delete {name}")
    String delete(String name) {
      return "deleted " + name;
    }

    @LooksUp("remove")
    String lookUp(String key) {
      return key;
    }
  }

  private final ApplicationContextRunner host =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GuardAutoConfiguration.class))
          .withUserConfiguration(Library.class)
          .withPropertyValues(
              "countersign.oidc.issuer=https://tenant.example.com/",
              "countersign.oidc.client-id=app");

  @Test
  void namesTheAnnotationThatIsWrongWhereASettingShortensIt() {
    host.withPropertyValues(USER_KEY, "countersign.tools.delete.remember-for=5m")
        .withBean(Forgotten.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(UnguardableMethodException.class)
                .hasMessageEndingWith(
                    "rememberFor must be an ISO-8601 duration such as PT15M, but is \"1h\"."));
    host.withPropertyValues(USER_KEY, "countersign.tools.delete.expiry=1m")
        .withBean(Expiring.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(UnguardableMethodException.class)
                .hasMessageEndingWith(
                    "expiry must be an ISO-8601 duration such as PT5M, but is \"two minutes\"."));
  }

  @Test
  void guardsTheBeansOfItsHost() {
    host.withPropertyValues(USER_KEY)
        .withBean(Tools.class)
        .run(context ->
            assertThatThrownBy(() -> context.getBean(Tools.class).delete("x"))
                .isInstanceOf(CallNotDoneException.class)
                .hasMessageStartingWith("Nobody is signed in"));
  }

  @Test
  void hasToolsForAiServicesWhereThoseAre() {
    host.run(context ->
        assertThat(context).hasSingleBean(GuardedTools.class).doesNotHaveBean(ToolProvider.class));
    host.withClassLoader(new FilteredClassLoader("dev.langchain4j"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(GuardedTools.class));
  }

  @Test
  void hasToolsForChatClientsWhereThoseAre() {
    host.run(context ->
        assertThat(context)
            .hasSingleBean(GuardedToolCallbacks.class)
            .doesNotHaveBean(ToolCallbackProvider.class));
    host.withClassLoader(new FilteredClassLoader("org.springframework.ai"))
        .withPropertyValues(USER_KEY)
        .withBean(Tools.class)
        .run(context ->
            assertThat(context).hasNotFailed().doesNotHaveBean("countersignToolCallbacks"));
  }

  @Test
  void needsNothingWhereNothingIsGuarded() {
    host.run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void needsAKeyForUsersWhereSomethingIsGuarded() {
    host.withBean(Tools.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("countersign.guard.user-key"));
  }

  @Test
  void doesNotStartWithAnArgumentThatNobodyWouldSee() {
    host.withPropertyValues(USER_KEY)
        .withBean(Careless.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(UnguardableMethodException.class)
                .hasMessageContaining("would be approved unseen"));
  }

  @Test
  void doesNotStartWithTermsThatAreNone() {
    host.withPropertyValues(USER_KEY)
        .withBean(Hurried.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(UnguardableMethodException.class)
                .hasMessageEndingWith(
                    ".delete: await must be an ISO-8601 duration such as PT5M, but is \"two"
                        + " minutes\"."));
  }

  @Test
  void doesNotStartWithTwoToolsOfOneName() {
    host.withPropertyValues(USER_KEY)
        .withBean(Tools.class)
        .withBean(OtherTools.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(UnguardableMethodException.class)
                .hasMessageContaining("have the same name"));
  }

  @Test
  void looksAtLazyBeansAndAtWhatFactoriesMake() {
    host.withPropertyValues(USER_KEY)
        .withInitializer(context ->
            ((GenericApplicationContext) context)
                .registerBean(Careless.class, definition -> definition.setLazyInit(true)))
        .run(context ->
            assertThat(context).getFailure().hasMessageContaining("would be approved unseen"));
    host.withPropertyValues(USER_KEY)
        .withBean(CarelessFactory.class)
        .run(context ->
            assertThat(context).getFailure().hasMessageContaining("would be approved unseen"));
  }

  /** Makes tools. */
  static final class CarelessFactory implements FactoryBean<Careless> {
    @Override
    public Careless getObject() {
      return new Careless();
    }

    @Override
    public Class<?> getObjectType() {
      return Careless.class;
    }
  }

  @Test
  void asksNobodyForArgumentsThatBreakAConstraint() {
    host.withPropertyValues(USER_KEY)
        .withBean(Strict.class)
        .withBean(LocalValidatorFactoryBean.class)
        .withBean(ApproverResolver.class, () -> () -> Optional.of(new CallUser("alice", null)))
        .run(context ->
            assertThatThrownBy(() -> context.getBean(Strict.class).delete("everything", 0))
                .isInstanceOf(InvalidArgumentsException.class)
                .hasMessage(
                    "Nothing was done, and nobody was asked: name must have at most 5 characters."
                        + " qty must be at least 1."));
  }

  @Test
  void doesNotStartWithASettingOfAToolThatIsNotThere() {
    host.withPropertyValues(USER_KEY, "countersign.tools.remove.expiry=1m")
        .withBean(Tools.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                    "countersign.tools.remove is set, but there is no guarded tool of that name;"
                        + " there are: delete."));
  }

  static class Mail {
    @RequiresApproval(message = "Read {mailbox}", remember = Remember.USER)
    String read(String mailbox) {
      return mailbox;
    }
  }

  /** Remembers approvals in a way of its own. */
  @Configuration(proxyBeanMethods = false)
  static class OwnRemembered {
    @Bean
    RememberedApprovals own(CountersignTemporal temporal, ToolRegistry tools, Freezer freezer) {
      return new RememberedApprovals(
          temporal.client(),
          temporal.taskQueues(),
          tools,
          () -> {
            throw new IllegalStateException("The host's own was asked");
          },
          freezer,
          Clock.systemUTC());
    }
  }

  @Test
  void coversCallsByTheApprovalsThatTheHostRemembers() {
    host.withPropertyValues(USER_KEY)
        .withBean(Mail.class)
        .withUserConfiguration(OwnRemembered.class)
        .run(context ->
            assertThatThrownBy(() ->
                    context
                        .getBean(GuardedCalls.class)
                        .freeze(new CallUser("alice", null), "read", "1", null, "inbox"))
                .hasMessage("The host's own was asked"));
  }

  /** Has tools of another provider. */
  @Configuration(proxyBeanMethods = false)
  static class Remote {
    final AtomicBoolean away = new AtomicBoolean();

    @Bean
    ToolProvider remote(GuardedTools tools, @Value("${away:false}") boolean awayAtFirst) {
      away.set(awayAtFirst);
      return tools.guarding(_ -> {
        if (away.get()) {
          throw new IllegalStateException("The server is away");
        }
        return ToolProviderResult.builder()
            .add(
                ToolSpecification.builder()
                    .name("remove-file")
                    .parameters(
                        JsonObjectSchema.builder()
                            .addStringProperty("name")
                            .required("name")
                            .build())
                    .build(),
                (_, _) -> "removed")
            .build();
      });
    }
  }

  private static List<String> answers(ApplicationContext context) {
    return context
        .getBean(ToolProvider.class)
        .provideTools(new ToolProviderRequest("m", UserMessage.from("Remove x")))
        .aiServiceTools()
        .stream()
        .map(tool ->
            tool.toolExecutor()
                .execute(
                    ToolExecutionRequest.builder()
                        .name(tool.name())
                        .arguments("{\"name\": \"x\"}")
                        .build(),
                    "m"))
        .toList();
  }

  @Test
  void guardsToolsOfAnotherProviderBySettings() {
    host.withPropertyValues(USER_KEY, "countersign.tools.remove_file.message=Delete {name}")
        .withUserConfiguration(Remote.class)
        .run(context ->
            assertThat(answers(context))
                .containsExactly(
                    "Nobody is signed in who could approve this, so that nothing was done."));
    host.withUserConfiguration(Remote.class)
        .run(context -> assertThat(answers(context)).containsExactly("removed"));
  }

  @Test
  void doesNotStartWithAToolOfAnotherProviderThatCannotBeGuarded() {
    host.withPropertyValues(USER_KEY, "countersign.tools.remove_file.message=Delete a file")
        .withUserConfiguration(Remote.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(
                    "The argument name of countersign.tools.remove_file would be approved unseen"));
    host.withPropertyValues(USER_KEY, "countersign.tools.remove_file.scopes=file:delete")
        .withUserConfiguration(Remote.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasMessageStartingWith("countersign.tools.remove_file.message must be set"));
    host.withPropertyValues("countersign.tools.remove_file.message=Delete {name}")
        .withUserConfiguration(Remote.class)
        .run(context ->
            assertThat(context).getFailure().hasMessageStartingWith("countersign.guard.user-key"));
  }

  @Test
  void startsWhileAnotherProviderIsAwayAndChecksItsToolsLater() {
    host.withPropertyValues(
            USER_KEY, "away=true", "countersign.tools.remove_file.message=Delete a file")
        .withUserConfiguration(Remote.class)
        .run(context -> {
          assertThat(context).hasNotFailed();
          context.getBean(Remote.class).away.set(false);
          assertThat(answers(context)).isEmpty();
        });
  }

  /** A tool of Spring AI's that has no method here. */
  @Configuration(proxyBeanMethods = false)
  static class Callbacks {
    @Bean
    ToolCallbackProvider remover(GuardedToolCallbacks guarded) {
      return guarded.guarding(
          FunctionToolCallback.builder("remove-file", (Name name) -> "removed " + name.name())
              .description("Removes a file")
              .inputType(Name.class)
              .build());
    }

    record Name(String name) {}
  }

  @Test
  void guardsToolsOfSpringAiBySettings() {
    host.withPropertyValues(USER_KEY, "countersign.tools.remove_file.message=Delete {name}")
        .withUserConfiguration(Callbacks.class)
        .run(context ->
            assertThat(
                    context
                        .getBean(ToolCallbackProvider.class)
                        .getToolCallbacks()[0]
                        .call("{\"name\": \"x\"}"))
                .isEqualTo(
                    "Nobody is signed in who could approve this, so that nothing was done."));
    host.withPropertyValues(USER_KEY, "countersign.tools.remove_file.message=Delete a file")
        .withUserConfiguration(Callbacks.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(
                    "The argument name of countersign.tools.remove_file would be approved unseen"));
  }

  @Test
  void doesNotStartWithALookUpThatCannotBe() {
    host.withPropertyValues(USER_KEY)
        .withBean(Forgetful.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(UnguardableMethodException.class)
                .hasMessageContaining("lookUp names remove, which is no guarded method of its bean")
                .hasMessageContaining(
                    "must take no parameters, return a LookUp and not be static"));
  }

  @Test
  void isSwitchedOff() {
    host.withPropertyValues("countersign.enabled=false")
        .withBean(Tools.class)
        .run(context -> {
          assertThat(context).doesNotHaveBean(Gate.class);
          assertThat(context.getBean(Tools.class).delete("x")).isEqualTo("deleted x");
        });
  }

  @Test
  void backsOffWhereTheHostBringsItsOwn() {
    MessageRules rules = new MessageRules("[a-z0-9 .]", 20, null);
    Gate gate = (_, _) -> "asked";
    ApproverResolver approvers = Optional::empty;
    host.withPropertyValues(USER_KEY)
        .withBean(Tools.class)
        .withBean(MessageRules.class, () -> rules)
        .run(context -> assertThat(context).getFailure().hasMessageContaining("has \"D\""));
    host.withPropertyValues(USER_KEY)
        .withBean(Tools.class)
        .withBean(ApproverResolver.class, () -> approvers)
        .withBean(Gate.class, () -> gate)
        .run(context -> {
          assertThat(context).doesNotHaveBean(SignedInApprover.class);
          assertThat(context.getBean(Tools.class).delete("x")).isEqualTo("asked");
        });
  }

  /** Has a bean that listens, and may need what makes calls. */
  @Configuration(proxyBeanMethods = false)
  static class Listening {
    final List<String> told = new CopyOnWriteArrayList<>();

    @Bean
    @Order(2)
    CallListener second(GuardedCalls calls) {
      return news -> told.add("second: " + news.call().id());
    }

    @Bean
    @Order(1)
    CallListener first() {
      return news -> {
        told.add("first: " + news.call().id());
        throw new IllegalStateException("No network");
      };
    }

    @EventListener
    void ended(CallNews.Ended news) {
      told.add("event: " + news.call().status());
    }
  }

  @Test
  void tellsAllListenersInTheirOrder() {
    host.withUserConfiguration(Listening.class)
        .run(context -> {
          assertThatThrownBy(
                  () -> context.getBean(ListenerActivities.class).tell(NewsFixtures.ended()))
              .hasMessageContaining("with IllegalStateException")
              .hasMessageNotContaining("No network");
          assertThat(context.getBean(Listening.class).told)
              .containsExactly("first: delete-1", "second: delete-1");
        });
  }

  @Test
  void publishesEventsWhereThatIsWanted() {
    host.withUserConfiguration(Listening.class)
        .withPropertyValues("countersign.guard.events=true")
        .run(context -> {
          assertThatThrownBy(
                  () -> context.getBean(ListenerActivities.class).tell(NewsFixtures.ended()))
              .hasMessageContaining("with IllegalStateException");
          assertThat(context.getBean(Listening.class).told).contains("event: DONE");
        });
  }

  @Test
  void freezesWhetherThereAreListeners() {
    host.withPropertyValues(USER_KEY)
        .withBean(Tools.class)
        .run(context -> assertThat(frozen(context)).contains("\"listened\":null"));
    host.withPropertyValues(USER_KEY)
        .withBean(Tools.class)
        .withUserConfiguration(Listening.class)
        .run(context -> assertThat(frozen(context)).contains("\"listened\":true"));
    host.withPropertyValues(USER_KEY, "countersign.guard.events=true")
        .withBean(Tools.class)
        .run(context -> assertThat(frozen(context)).contains("\"listened\":true"));
  }

  private static String frozen(ApplicationContext context) {
    return context
        .getBean(GuardedCalls.class)
        .freeze(new CallUser("alice", null), "delete", "1", null, "x")
        .snapshot();
  }

  @Test
  void leaksNoBeanOfATypeThatIsNotItsOwn() {
    host.run(context ->
        assertThat(Arrays.stream(context.getBeanDefinitionNames()))
            .filteredOn(name ->
                String.valueOf(
                        context.getBeanFactory().getBeanDefinition(name).getFactoryBeanName())
                    .contains("GuardAutoConfiguration"))
            .isNotEmpty()
            .extracting(name -> String.valueOf(context.getType(name)))
            .allSatisfy(type -> assertThat(type).contains(" dev.countersign.")));
  }
}
