package dev.countersign.autoconfigure;

import dev.countersign.approval.QuestionLimits;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.guard.ApprovalPolicy;
import dev.countersign.guard.ApproverResolver;
import dev.countersign.guard.ArgumentCheck;
import dev.countersign.guard.CallGate;
import dev.countersign.guard.CallListener;
import dev.countersign.guard.CallLogs;
import dev.countersign.guard.CallTerms;
import dev.countersign.guard.Freezer;
import dev.countersign.guard.Gate;
import dev.countersign.guard.GrantActivitiesImpl;
import dev.countersign.guard.GuardActivitiesImpl;
import dev.countersign.guard.GuardedCallWorkflowImpl;
import dev.countersign.guard.GuardedCalls;
import dev.countersign.guard.ListenerActivitiesImpl;
import dev.countersign.guard.Policies;
import dev.countersign.guard.RememberedApprovals;
import dev.countersign.guard.RunTerms;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.guard.UserCallsWorkflowImpl;
import dev.countersign.guard.UserGrantsWorkflowImpl;
import dev.countersign.guard.proxy.GuardedBeanDefinitions;
import dev.countersign.guard.proxy.GuardedBeans;
import dev.countersign.langchain4j.GuardedTools;
import dev.countersign.message.MessageRules;
import dev.countersign.question.QuestionActivitiesImpl;
import dev.countersign.question.UserQuestions;
import dev.countersign.question.UserQuestionsWorkflowImpl;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.springai.GuardedToolCallbacks;
import dev.countersign.temporal.CountersignTemporal;
import dev.countersign.temporal.TemporalInterceptors;
import dev.countersign.temporal.WorkerRegistration;
import dev.countersign.vault.Vault;
import dev.langchain4j.service.tool.ToolExecutor;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.context.SecurityContextHolder;

/** Guards the methods of whatever beans the application has. */
@AutoConfiguration
@ConditionalOnCountersign
public class GuardAutoConfiguration {
  /** Shorter than what the activity that asks may take. */
  private static final Duration DECIDED_WITHIN = Duration.ofSeconds(3);

  private static final GuardedToolRegistration.Checks NO_CHECKS = (_, _) -> ArgumentCheck.NONE;

  @Bean
  TemporalInterceptors countersignCallLogs() {
    return new TemporalInterceptors(List.of(), List.of(new CallLogs()));
  }

  @Bean
  static GuardedBeanDefinitions countersignGuardedBeanDefinitions() {
    return new GuardedBeanDefinitions();
  }

  @Bean
  static GuardedBeans countersignGuardedBeans(
      ConfigurableListableBeanFactory beanFactory, ObjectProvider<Gate> gate) {
    return new GuardedBeans(beanFactory, gate::getObject);
  }

  @Bean
  @ConditionalOnMissingBean
  MessageRules countersignMessageRules(MessageProperties message, CibaProperties ciba) {
    return message.rules(ciba.profile());
  }

  @Bean
  Freezer countersignFreezer(Vault vault) {
    return new Freezer(vault);
  }

  @Bean
  ToolRegistry countersignToolRegistry(
      MessageRules rules,
      MessageCodeProperties code,
      ApprovalProperties approval,
      ReAskProperties reAsk,
      GuardProperties guard,
      ToolSettings toolSettings,
      ListableBeanFactory beanFactory) {
    RunTerms run = guard.runTerms(approval.tokenExpired() == ApprovalProperties.TokenExpired.ASK);
    // listeners aren't made for that: they may need this registry
    boolean listened =
        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                    beanFactory, CallListener.class, true, false)
                .length
            > 0;
    return new ToolRegistry(
        rules,
        new CallTerms(
            List.of("openid"), // more are each method's own
            approval.audience(),
            approval.acrValues().isEmpty() ? null : approval.acrValues(),
            approval.requestedExpiry(),
            reAsk.policy(),
            guard.await(),
            listened ? run.withListeners() : run),
        toolSettings,
        code.code());
  }

  @Bean
  ToolSettings countersignToolSettings(Environment environment) {
    return new ToolSettings(environment);
  }

  @Bean
  GuardedToolRegistration countersignGuardedToolRegistration(
      ConfigurableListableBeanFactory beanFactory,
      ToolRegistry tools,
      GuardProperties guard,
      ToolSettings toolSettings,
      ObjectProvider<GuardedToolRegistration.Checks> checks) {
    return new GuardedToolRegistration(
        beanFactory, tools, guard, toolSettings, checks.getIfAvailable(() -> NO_CHECKS));
  }

  /** Without a key for users there is no tool to guard. */
  @Bean
  @ConditionalOnMissingBean
  QuestionLimits countersignQuestionLimits(
      CountersignTemporal temporal,
      GuardProperties guard,
      QuestionProperties questions,
      RemoteClocks clocks) {
    return guard.userKey().isBlank() || !questions.terms().limitsAnything()
        ? QuestionLimits.NONE
        : new UserQuestions(
            temporal.client(),
            temporal.taskQueues(),
            guard.userDigest()::of,
            questions.terms(),
            clocks.of(RemoteClocks.TEMPORAL),
            DECIDED_WITHIN);
  }

  @Bean
  QuestionActivitiesImpl countersignQuestionActivities(
      CountersignTemporal temporal, RemoteClocks clocks) {
    return new QuestionActivitiesImpl(temporal.client(), clocks.of(RemoteClocks.TEMPORAL));
  }

  @Bean
  @ConditionalOnMissingBean
  GuardedCalls countersignGuardedCalls(
      CountersignTemporal temporal,
      ToolRegistry tools,
      Freezer freezer,
      GuardProperties guard,
      ObjectProvider<ApprovalPolicy> policies,
      RememberedApprovals remembered,
      QuestionLimits limits,
      RemoteClocks clocks) {
    return new GuardedCalls(
        temporal.client(),
        temporal.taskQueues(),
        tools,
        freezer,
        guard::userDigest,
        new Policies(() -> policies.orderedStream().toList()),
        remembered,
        limits,
        clocks.of(RemoteClocks.TEMPORAL).asClock());
  }

  @Bean
  @ConditionalOnMissingBean
  Gate countersignGate(GuardedCalls calls, ObjectProvider<ApproverResolver> approvers) {
    return new CallGate(calls, resolver(approvers));
  }

  private static ApproverResolver resolver(ObjectProvider<ApproverResolver> approvers) {
    return () ->
        approvers
            .getIfAvailable(() -> Optional::empty) // nobody can be signed in
            .current();
  }

  @Bean
  @ConditionalOnMissingBean
  RememberedApprovals countersignRememberedApprovals(
      CountersignTemporal temporal,
      ToolRegistry tools,
      Freezer freezer,
      GuardProperties guard,
      RemoteClocks clocks) {
    return new RememberedApprovals(
        temporal.client(),
        temporal.taskQueues(),
        tools,
        guard::userDigest,
        freezer,
        clocks.of(RemoteClocks.TEMPORAL).asClock());
  }

  @Bean
  GuardActivitiesImpl countersignGuardActivities(
      ToolRegistry tools,
      Freezer freezer,
      Vault vault,
      RememberedApprovals remembered,
      RemoteClocks clocks) {
    return new GuardActivitiesImpl(
        tools, freezer, vault, remembered, clocks.of(RemoteClocks.TEMPORAL).asClock());
  }

  @Bean
  GrantActivitiesImpl countersignGrantActivities(
      Freezer freezer, Vault vault, RememberedApprovals remembered, RemoteClocks clocks) {
    return new GrantActivitiesImpl(
        freezer, vault, remembered, clocks.of(RemoteClocks.TEMPORAL).asClock());
  }

  @Bean
  ListenerActivitiesImpl countersignListenerActivities(ObjectProvider<CallListener> listeners) {
    return new ListenerActivitiesImpl(() -> listeners.orderedStream().toList());
  }

  @Bean
  @ConditionalOnProperty("countersign.guard.events")
  CallListener countersignCallEvents(ApplicationEventPublisher events) {
    return events::publishEvent;
  }

  @Bean
  WorkerRegistration countersignGuardRegistration(
      GuardActivitiesImpl runs,
      GrantActivitiesImpl grants,
      QuestionActivitiesImpl questions,
      ListenerActivitiesImpl listeners) {
    return new WorkerRegistration(
        List.of(
            GuardedCallWorkflowImpl.class,
            UserCallsWorkflowImpl.class,
            UserGrantsWorkflowImpl.class,
            UserQuestionsWorkflowImpl.class),
        List.of(runs, grants, questions, listeners));
  }

  /** Where the host validates. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Validator.class)
  static class Validated {

    @Bean
    GuardedToolRegistration.Checks countersignParameterConstraints(
        ObjectProvider<Validator> validators) {
      return (bean, method) -> {
        Validator validator = validators.getIfUnique();
        return validator == null
            ? ArgumentCheck.NONE
            : new ParameterConstraints(validator, bean, method);
      };
    }
  }

  /** Where the host signs users in by Spring Security. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(SecurityContextHolder.class)
  static class SignedIn {

    @Bean
    @ConditionalOnMissingBean(ApproverResolver.class)
    SignedInApprover countersignSignedInApprover(
        CibaProperties ciba, OidcProperties oidc, LoginHintTemplate loginHint) {
      return new SignedInApprover(ciba, oidc, loginHint);
    }
  }

  /** Where the host has LangChain4j's {@code AiServices}. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ToolExecutor.class)
  static class ForAiServices {

    @Bean
    @ConditionalOnMissingBean
    GuardedTools countersignTools(
        GuardedCalls calls, ObjectProvider<ApproverResolver> approvers, ToolRegistry tools) {
      return new GuardedTools(calls, resolver(approvers), tools);
    }
  }

  /** Where the host has Spring AI's {@code ChatClient}. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ToolCallback.class)
  static class ForChatClient {

    @Bean
    @ConditionalOnMissingBean
    GuardedToolCallbacks countersignToolCallbacks(
        GuardedCalls calls, ObjectProvider<ApproverResolver> approvers, ToolRegistry tools) {
      return new GuardedToolCallbacks(calls, resolver(approvers), tools);
    }
  }
}
