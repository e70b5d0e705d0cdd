package dev.countersign.app.signout;

import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.temporal.WorkerRegistration;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sign-outs of this application, and the workflow that keeps them. */
@Configuration(proxyBeanMethods = false)
class SignOutConfiguration {

  @Bean
  SignOuts signOuts(
      WorkflowClient client, TaskQueues taskQueues, OidcProperties oidc, RemoteClocks clocks) {
    return new SignOuts(
        new TemporalSignOutLog(client, taskQueues), clocks.of(oidc.issuer().toString()).asClock());
  }

  @Bean
  WorkerRegistration signOutWorkflow() {
    return new WorkerRegistration(List.of(SignOutsWorkflowImpl.class), List.of());
  }
}
