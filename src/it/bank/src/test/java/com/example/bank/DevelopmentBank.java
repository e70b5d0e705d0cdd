package com.example.bank;

import dev.countersign.devservices.CountersignDevelopmentServices;
import dev.countersign.devservices.tenant.IdentityTenant;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/**
 * The bank with all that it needs beside it: what {@code mvn spring-boot:test-run} runs. Not
 * annotated, so that tests don't find it.
 */
class DevelopmentBank {

  public static void main(String[] args) {
    SpringApplication.from(BankApplication::main)
        .with(CountersignDevelopmentServices.class, DevelopmentBank.class)
        .run(args);
  }

  @Bean
  CoreSystem core(@Value("${bank.core}") URI address, IdentityTenant tenant) {
    return new CoreSystem(address, tenant);
  }

  @EventListener
  void welcome(WebServerInitializedEvent started) {
    System.out.println(
        """

        Talk to the bank as Alice, with the token and the phone that are shown below:

          curl -s http://localhost:%1$s/chat -H "Authorization: Bearer $TOKEN" \\
            -H 'Content-Type: application/json' -d '{"message": "Transfer 125 EUR to DE01"}'

        See what came of it:
          curl -s http://localhost:%1$s/chat -H "Authorization: Bearer $TOKEN"
        """
            .formatted(started.getWebServer().getPort()));
  }
}
