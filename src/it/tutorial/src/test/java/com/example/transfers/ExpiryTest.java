package com.example.transfers;

import static org.mockito.Mockito.verifyNoInteractions;

import dev.countersign.devservices.CountersignDevelopmentServices;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.guard.CallStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "countersign.tools.transfer.expiry=4s")
@Import(CountersignDevelopmentServices.class)
class ExpiryTest {
  @Autowired IdentityTenant tenant;
  @MockitoBean Bank bank;
  @LocalServerPort int port;

  @Test
  void transfersNothingWithoutAnAnswer() {
    Customer alice = new Customer("http://localhost:" + port, tenant, "alice");
    String id = alice.transfer("12.50", "DE33");

    alice.awaitStatus(id, CallStatus.EXPIRED);
    verifyNoInteractions(bank);
  }
}
