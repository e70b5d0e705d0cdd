package dev.countersign.app;

import dev.countersign.autoconfigure.GuardProperties;
import dev.countersign.guard.UserDigest;
import dev.countersign.temporal.CountersignTemporal;
import dev.countersign.workflow.TaskQueues;
import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application runs its own workflows on the library's workers, and starts and reads them by the
 * library's client: it has no other. What stands for a user in them is what does in the library's.
 */
@Configuration(proxyBeanMethods = false)
class TemporalConfiguration {

  @Bean
  WorkflowClient workflowClient(CountersignTemporal temporal) {
    return temporal.client();
  }

  @Bean
  TaskQueues taskQueues(CountersignTemporal temporal) {
    return temporal.taskQueues();
  }

  @Bean
  UserDigest userDigest(GuardProperties guard) {
    return guard.userDigest();
  }
}
