package dev.countersign.devservices.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What was transferred, a line each in a file: one for each key, whatever is entered again. */
public final class BankBook {
  private final Path file;

  /** A book in a file, which need not be there. */
  public BankBook(Path file) {
    this.file = file;
  }

  /** Enters a transfer, unless the key has one. */
  public synchronized void enter(String key, String user, BigDecimal amount, String recipient) {
    if (transfers().stream().anyMatch(line -> line.startsWith(key + "\t"))) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file,
          String.join("\t", key, user, amount.toPlainString(), recipient) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Key, user, amount and recipient of each, with tabs between them, oldest first. */
  public synchronized List<String> transfers() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
