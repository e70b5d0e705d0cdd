package dev.countersign.answers;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as the server got it.
 *
 * @param path with its query
 * @param headers by their names in lower case, the last one of each
 */
public record Asked(String method, String path, Map<String, String> headers, String body) {

  static Map<String, String> headers(List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains(":"))
        .map(line -> line.split(":", 2))
        .collect(
            Collectors.toMap(
                parts -> parts[0].strip().toLowerCase(Locale.ROOT),
                parts -> parts[1].strip(),
                (_, last) -> last));
  }
}
