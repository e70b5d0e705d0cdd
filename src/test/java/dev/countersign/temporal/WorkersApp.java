package dev.countersign.temporal;

import dev.countersign.ForeignAutoConfiguration;
import dev.countersign.approval.ApprovalActivities;
import dev.countersign.approval.ApprovalRequest;
import dev.countersign.approval.AskOutcome;
import dev.countersign.approval.Decision;
import dev.countersign.approval.PendingApproval;
import dev.countersign.approval.Reserved;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.vault.Vault;
import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The Temporal side of the application as it is, around one search attribute. */
@ForeignAutoConfiguration
@Import(TemporalAutoConfiguration.class)
class WorkersApp {

  @Bean
  RequiredSearchAttributes requiredSearchAttributes() {
    return new RequiredSearchAttributes(List.of(SearchAttributeKey.forKeyword("WorkersAppStatus")));
  }

  @Bean
  RemoteClocks remoteClocks() {
    return new RemoteClocks(Clock.systemUTC(), Duration.ofMinutes(5));
  }

  @Bean
  Vault vault() {
    return Vault.withKeys("k1:" + "A".repeat(43) + "=");
  }

  @Bean
  WaitWorker waitWorker() {
    return new WaitWorker(new NoApprovals(), 10);
  }

  @Bean
  WorkerRegistration slowWorkflow() {
    return new WorkerRegistration(List.of(SlowWorkflowImpl.class), List.of());
  }

  /** Its one step takes so long. */
  @WorkflowInterface
  public interface SlowWorkflow {
    @WorkflowMethod
    void take(Duration time);
  }

  /** See there. */
  public static class SlowWorkflowImpl implements SlowWorkflow {
    @Override
    public void take(Duration time) {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < time.toNanos()) {
        LockSupport.parkNanos(time.toNanos());
      }
    }
  }

  /** Nobody is asked. */
  private static final class NoApprovals implements ApprovalActivities {
    @Override
    public AskOutcome requestApproval(ApprovalRequest request, @Nullable Reserved reserved) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Decision awaitDecision(PendingApproval pending) {
      throw new UnsupportedOperationException();
    }
  }

  @Bean
  SecurityFilterChain open(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
  }
}
