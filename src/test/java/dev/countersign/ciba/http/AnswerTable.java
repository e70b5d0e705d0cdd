package dev.countersign.ciba.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tables of {@code docs/ciba-answers.md}. */
final class AnswerTable {
  private static final Path PAGE = Path.of("docs/ciba-answers.md");

  private AnswerTable() {}

  /** The rows of the table below a heading. */
  static List<AnswerRow> below(String heading) {
    List<String> lines = lines();
    int start = lines.indexOf("## " + heading);
    if (start < 0) {
      throw new IllegalArgumentException(PAGE + " has no heading \"" + heading + "\"");
    }
    List<AnswerRow> rows = new ArrayList<>();
    int ofTable = 0; // its first two lines are the head and the rule below it
    for (int i = start + 1; i < lines.size() && !lines.get(i).startsWith("## "); i++) {
      if (isOfTable(lines.get(i)) && ++ofTable > 2) {
        rows.add(AnswerRow.read(i + 1, lines.get(i)));
      }
    }
    return rows;
  }

  /** How many lines of the page are part of a table. */
  static long linesOfTables() {
    return lines().stream().filter(AnswerTable::isOfTable).count();
  }

  private static boolean isOfTable(String line) {
    return line.stripLeading().startsWith("|");
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
