package dev.countersign.app.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user on whose behalf a request came, from the verified login and nothing else. Two callers
 * are equal if their {@code sub} is; no other claim is shown by {@link #toString}.
 *
 * @param sub the {@code sub} claim; the {@code userID} of the CIBA request
 * @param claims all claims of the login, {@code sub} among them
 */
public record Caller(String sub, Map<String, Object> claims) {
  public Caller {
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }

  /** A caller of whom nothing but the {@code sub} is known. */
  public Caller(String sub) {
    this(sub, Map.of("sub", sub));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Caller caller && sub.equals(caller.sub);
  }

  @Override
  public int hashCode() {
    return sub.hashCode();
  }

  @Override
  public String toString() {
    return "Caller[sub=" + sub + "]";
  }
}
