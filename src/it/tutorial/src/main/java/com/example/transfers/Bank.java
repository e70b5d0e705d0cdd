package com.example.transfers;

import java.math.BigDecimal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Stands for whatever does it: another system, which knows a repeated request by its key. */
@Component
class Bank {
  private static final Logger log = LoggerFactory.getLogger(Bank.class);

  String transfer(BigDecimal amount, String iban, String token, String idempotencyKey) {
    log.info("Transferring {} EUR to {}, once for the key {}", amount, iban, idempotencyKey);
    return "Transferred " + amount + " EUR to " + iban;
  }
}
