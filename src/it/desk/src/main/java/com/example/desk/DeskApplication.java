package com.example.desk;

import dev.countersign.springai.GuardedToolCallbacks;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts the help desk. */
@SpringBootApplication
public class DeskApplication {
  public static void main(String[] args) {
    SpringApplication.run(DeskApplication.class, args);
  }

  @Bean
  ChatClient chatClient(ChatClient.Builder builder) {
    return builder.defaultSystem("You help customers with their orders.").build();
  }

  record Ticket(String ticket, String reason) {}

  /** A tool that has no annotation: settings say that it asks. */
  @Bean
  ToolCallbackProvider ticketTools(GuardedToolCallbacks guarded, BackOffice backOffice) {
    return guarded.guarding(
        FunctionToolCallback.builder("close-ticket", backOffice::close)
            .description("Closes a ticket")
            .inputType(Ticket.class)
            .build());
  }
}
