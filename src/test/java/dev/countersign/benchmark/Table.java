package dev.countersign.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Figures in rows.
 *
 * @param name of its file, without its ending
 */
record Table(String name, List<String> columns, List<List<String>> rows) {
  Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(row + " doesn't fit " + columns);
      }
    }
  }

  /** A figure without its fraction. */
  static String whole(double figure) {
    return String.format(Locale.ROOT, "%,.0f", figure);
  }

  /** A figure with tenths. */
  static String tenths(double figure) {
    return String.format(Locale.ROOT, "%,.1f", figure);
  }

  /** A figure with hundredths. */
  static String hundredths(double figure) {
    return String.format(Locale.ROOT, "%,.2f", figure);
  }

  /** A figure with thousandths. */
  static String thousandths(double figure) {
    return String.format(Locale.ROOT, "%,.3f", figure);
  }

  /** As a page shows it. */
  String toMarkdown() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    lines.add(columns.stream().map(_ -> "---").toList());
    lines.addAll(rows);
    return lines.stream()
        .map(line -> "| " + String.join(" | ", line) + " |")
        .collect(Collectors.joining("\n"));
  }

  /** As RFC 4180 has it. */
  String toCsv() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    lines.addAll(rows);
    return lines.stream()
        .map(line -> line.stream().map(Table::quoted).collect(Collectors.joining(",", "", "\n")))
        .collect(Collectors.joining());
  }

  private static String quoted(String value) {
    return value.matches("[^\",\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
