package dev.countersign.ciba.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of one request the provider's words must never repeat. Its {@code toString} shows none. */
final class Secrets {
  private static final Set<String> FIELDS =
      Set.of(
          "auth_req_id",
          "client_assertion",
          "client_notification_token",
          "client_secret",
          "id_token_hint",
          "login_hint_token",
          "request",
          "user_code");

  private final List<String> values = new ArrayList<>();

  void add(String value) {
    values.add(value);
  }

  /** Those among the fields of a form. */
  void addAllOf(Map<String, String> form) {
    form.forEach((field, value) -> {
      if (FIELDS.contains(field)) {
        add(value);
      }
    });
  }

  /** The longest first, since one may be part of another. */
  String[] hidden() {
    return values.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toArray(String[]::new);
  }
}
