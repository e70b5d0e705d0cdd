package com.example.bank;

import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;

/** The bank with all that it needs beside it: what {@code mvn spring-boot:test-run} runs. */
final class DevelopmentBank {
  private DevelopmentBank() {}

  public static void main(String[] args) {
    // quiet until the bank sets its own logging up
    LoggingSystem.get(DevelopmentBank.class.getClassLoader()).beforeInitialize();
    Services services = Services.kept(Path.of("target", "dev"));
    services.temporal().closeAfterSpring(SpringApplication.getShutdownHandlers());
    String port =
        SpringApplication.from(BankApplication::main)
            .run(services.settings(args))
            .getApplicationContext()
            .getEnvironment()
            .getProperty("local.server.port");
    System.out.println(
        """

        The bank is ready. Talk to it as Alice:

          TOKEN=$(curl -s -X POST '%1$sdev/token?user=alice')
          curl -s http://localhost:%2$s/chat -H "Authorization: Bearer $TOKEN" \\
            -H 'Content-Type: application/json' -d '{"message": "Transfer 125 EUR to DE01"}'

        Approve it on her phone:  %1$sphone?user=alice
        See what came of it:      curl -s http://localhost:%2$s/chat -H "Authorization: Bearer $TOKEN"
        Watch it in Temporal:     %3$s

        Ctrl-C ends all of it; what is pending goes on at the next start.
        """
            .formatted(services.tenant().issuer(), port, services.temporal().uiUrl().orElse("")));
  }
}
