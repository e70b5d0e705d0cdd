package dev.countersign.app.login;

import dev.countersign.app.api.Caller;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A login, as its cookie keeps it.
 *
 * @param sub the user's {@code sub}
 * @param name what the page calls the user
 * @param expiresAt when it ends, in seconds since 1970
 * @param claims of the login that approvals need
 */
record Session(String sub, String name, long expiresAt, Map<String, Object> claims) {
  Session {
    claims = Map.copyOf(claims);
  }

  Session without(String claim) {
    Map<String, Object> others = new LinkedHashMap<>(claims);
    others.remove(claim);
    return new Session(sub, name, expiresAt, others);
  }

  boolean isOver(Instant now) {
    return now.getEpochSecond() >= expiresAt;
  }

  Caller caller() {
    Map<String, Object> all = new LinkedHashMap<>(claims);
    all.put("sub", sub);
    return new Caller(sub, all);
  }

  @Override
  public String toString() {
    return "Session[sub=" + sub + "]";
  }
}
