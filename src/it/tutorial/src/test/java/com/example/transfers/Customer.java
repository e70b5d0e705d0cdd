package com.example.transfers;

import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.Phone;
import dev.countersign.guard.CallStatus;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.client.RestClient;

/** A signed-in user of the application, and their phone. */
class Customer {
  private final RestClient application;
  private final Phone phone;

  Customer(String url, IdentityTenant tenant, String name) {
    application =
        RestClient.builder()
            .baseUrl(url)
            .defaultHeaders(headers -> headers.setBearerAuth(tenant.apiToken(name)))
            .build();
    phone = tenant.phone(name);
  }

  Phone phone() {
    return phone;
  }

  String transfer(String amount, String iban) {
    return application
        .post()
        .uri("/transfers?amount={amount}&iban={iban}", amount, iban)
        .retrieve()
        .body(new ParameterizedTypeReference<Map<String, String>>() {})
        .get("id");
  }

  void awaitStatus(String id, CallStatus status) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> application.get().uri("/transfers/{id}", id).retrieve().body(CallStatus.class),
            status::equals);
  }
}
