package dev.countersign.devservices;

import dev.countersign.devservices.bank.BankBook;
import dev.countersign.devservices.bank.TransferMoney;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A second tool for the chat, beside the shop's. */
@Configuration(proxyBeanMethods = false)
@Import(TransferMoney.class)
class DemoBankConfiguration {

  @Bean
  BankBook bankBook() {
    return new BankBook(DevelopmentApplication.DATA.resolve("bank").resolve("transfers.tsv"));
  }
}
