package dev.countersign.app.call;

import dev.countersign.app.api.SignOutListener;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.client.WorkflowPages;
import dev.countersign.guard.RememberedApprovals;
import dev.countersign.vault.Vault;
import io.temporal.client.WorkflowClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What looks at workflows, and who is asked. */
@Configuration(proxyBeanMethods = false)
class CallConfiguration {

  @Bean
  WorkflowPages workflowPages(WorkflowClient client) {
    return new WorkflowPages(client);
  }

  /** A session is what an approval was remembered in, for whatever conversation. */
  @Bean
  SignOutListener rememberedApprovals(RememberedApprovals remembered) {
    return remembered::forget;
  }

  @Bean
  Approvers approvers(LoginHintTemplate loginHint, CibaProperties ciba, Vault vault) {
    return new Approvers(
        new ApproverSettings(
            loginHint, ciba.settings().userClaim(), ciba.userCodes(), ciba.callerHints()),
        vault);
  }
}
