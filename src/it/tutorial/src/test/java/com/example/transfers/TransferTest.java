package com.example.transfers;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.countersign.devservices.CountersignDevelopmentServices;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.guard.CallStatus;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(CountersignDevelopmentServices.class)
class TransferTest {
  @Autowired IdentityTenant tenant;
  @MockitoBean Bank bank;
  @LocalServerPort int port;

  @Test
  void transfersOnceAfterAYes() {
    Customer alice = new Customer("http://localhost:" + port, tenant, "alice");
    String id = alice.transfer("12.50", "DE11");
    verify(bank, never()).transfer(any(), eq("DE11"), any(), any());

    alice.phone().approve("Transfer 12.50 EUR to DE11");

    alice.awaitStatus(id, CallStatus.DONE);
    verify(bank).transfer(eq(new BigDecimal("12.50")), eq("DE11"), anyString(), eq(id));
  }

  @Test
  void transfersNothingAfterANo() {
    Customer alice = new Customer("http://localhost:" + port, tenant, "alice");
    String id = alice.transfer("12.50", "DE22");

    alice.phone().deny("Transfer 12.50 EUR to DE22");

    alice.awaitStatus(id, CallStatus.DENIED);
    verify(bank, never()).transfer(any(), eq("DE22"), any(), any());
  }
}
