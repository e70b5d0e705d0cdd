package com.example.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Keeps its books in a file, a line for each booking. */
@Component
class Bank {
  private final Path books;

  Bank(@Value("${bank.books}") Path books) {
    this.books = books;
  }

  String transfer(BigDecimal amount, String iban, String token, String idempotencyKey) {
    book(amount + " to " + iban, token, idempotencyKey);
    return "Transferred " + amount + " EUR";
  }

  String close(String iban, String token, String idempotencyKey) {
    book("closed " + iban, token, idempotencyKey);
    return "Closed " + iban;
  }

  private void book(String words, String token, String idempotencyKey) {
    if (token.split("\\.", -1).length != 3) {
      throw new IllegalArgumentException("No access token");
    }
    try {
      Files.writeString(
          books,
          words + ", " + idempotencyKey + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
