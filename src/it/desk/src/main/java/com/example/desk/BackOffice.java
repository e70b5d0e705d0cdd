package com.example.desk;

import dev.countersign.guard.ApprovedCall;
import java.math.BigDecimal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Does what the desk promises; another system, which wants to see who has approved it. */
@Component
class BackOffice {
  private final RestClient http;

  BackOffice(@Value("${desk.back-office}") String url) {
    http = RestClient.create(url);
  }

  record Deed(String what) {}

  String refund(BigDecimal amount, String order) {
    order("Refund " + amount + " for " + order);
    return "Refunded " + amount + " EUR";
  }

  String close(DeskApplication.Ticket ticket) {
    order("Close " + ticket.ticket() + ": " + ticket.reason());
    return "Closed " + ticket.ticket();
  }

  private void order(String what) {
    ApprovedCall call = ApprovedCall.current();
    http.post()
        .uri("/deeds")
        .headers(headers -> headers.setBearerAuth(call.token()))
        .header("Idempotency-Key", call.idempotencyKey())
        .body(new Deed(what))
        .retrieve()
        .toBodilessEntity();
  }
}
