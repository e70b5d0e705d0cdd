package dev.countersign.app.operator;

import dev.countersign.app.api.OperatorRole;
import dev.countersign.client.OpenWorkflows;
import dev.countersign.client.WorkflowPages;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.guard.Freezer;
import dev.countersign.guard.OperatedCalls;
import dev.countersign.guard.UserDigest;
import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What is shown to operators, and to nobody else. */
@Configuration(proxyBeanMethods = false)
class OperatorConfiguration {

  @Bean
  OperatedCalls operatedCalls(
      WorkflowClient client, WorkflowPages workflows, Freezer freezer, RemoteClocks clocks) {
    return new OperatedCalls(
        client,
        workflows,
        freezer,
        clocks.of(RemoteClocks.TEMPORAL).asClock(),
        OpenWorkflows.PATIENCE_FOR_ONE);
  }

  @Bean
  WebMvcConfigurer operatorsOnly(OperatorRole role, UserDigest users) {
    return new OperatorsOnly(role, users);
  }
}
