package dev.countersign.app.chat;

import dev.countersign.app.chat.conversation.ConversationWorkflowImpl;
import dev.countersign.app.chat.conversation.DeletionActivities;
import dev.countersign.app.chat.conversation.ForgottenConversationImpl;
import dev.countersign.app.chat.model.ModelActivities;
import dev.countersign.app.chat.tool.CallToolActivities;
import dev.countersign.temporal.WorkerRegistration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of the chat runs on the workers. */
@Configuration(proxyBeanMethods = false)
class ChatWorkerConfiguration {

  @Bean
  WorkerRegistration chatRegistration(
      ModelActivities model, CallToolActivities calls, DeletionActivities deletion) {
    return new WorkerRegistration(
        List.of(ConversationWorkflowImpl.class, ForgottenConversationImpl.class),
        List.of(model, calls, deletion));
  }
}
