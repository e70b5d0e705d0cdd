package dev.countersign.e2e;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation.
 *
 * @param operation as the API's document names it, such as {@code POST /api/chat}
 * @param path where its variables have values
 * @param body JSON, unless a header says otherwise; null: none
 */
record ApiCall(String operation, String path, @Nullable String body) {
  private static final String TYPE = "Content-Type";

  /** A call of an operation without variables. */
  ApiCall(String operation, @Nullable String body) {
    this(operation, operation.split(" ", 2)[1], body);
  }

  ApiCall withBody(String other) {
    return new ApiCall(operation, path, other);
  }

  /** The answer to this user; {@code headers} are names and values in turn. */
  Api.Answer by(Api user, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    if (body != null && !all.contains(TYPE)) {
      all.addAll(List.of(TYPE, "application/json"));
    }
    return user.call(operation.split(" ", 2)[0], path, body, all.toArray(String[]::new));
  }
}
