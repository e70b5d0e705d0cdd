package com.example.desk;

import dev.countersign.devservices.CountersignDevelopmentServices;
import dev.countersign.devservices.tenant.IdentityTenant;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/**
 * The desk with all that it needs beside it: what {@code mvn spring-boot:test-run} runs. Not
 * annotated, so that tests don't find it.
 */
class DevelopmentDesk {

  public static void main(String[] args) {
    SpringApplication.from(DeskApplication::main)
        .with(CountersignDevelopmentServices.class, DevelopmentDesk.class)
        .run(args);
  }

  @Bean
  BackOfficeServer backOfficeServer(
      @Value("${desk.back-office}") URI address, IdentityTenant tenant) {
    return new BackOfficeServer(address, tenant);
  }

  @EventListener
  void welcome(WebServerInitializedEvent started) {
    System.out.println(
        """

        Talk to the desk as Alice, with the token and the phone that are shown below:

          curl -s http://localhost:%1$s/chat -H "Authorization: Bearer $TOKEN" -H 'Idempotency-Key: 1' \\
            -H 'Content-Type: application/json' -d '{"message": "Refund 12.50 for A1"}'

        See what came of it, with the id of the call that it names:
          curl -s http://localhost:%1$s/journal/ID -H "Authorization: Bearer $TOKEN"
        """
            .formatted(started.getWebServer().getPort()));
  }
}
