package dev.countersign.app.chat.budget;

import dev.countersign.temporal.WorkerRegistration;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The budget of the settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BudgetProperties.class)
class BudgetConfiguration {
  /** Whoever waits for an answer of the model's notices no more than that. */
  private static final Duration DECIDED_WITHIN = Duration.ofSeconds(3);

  @Bean
  ChatBudget chatBudget(WorkflowClient client, TaskQueues taskQueues, BudgetProperties properties) {
    return new UserBudgets(client, taskQueues, properties.terms(), DECIDED_WITHIN);
  }

  @Bean
  WorkerRegistration budgetRegistration() {
    return new WorkerRegistration(List.of(UserBudgetWorkflowImpl.class), List.of());
  }
}
