package dev.countersign.ciba;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a grant that was checked says of who approved, and how. Each is null, or empty, where the
 * provider didn't say.
 *
 * @param issuer of the ID token
 * @param subject of the ID token
 * @param authenticatedAt when the user last authenticated ({@code auth_time})
 * @param acr how strongly the user authenticated
 * @param amr by which means
 * @param tokenId the access token's {@code jti}, where the token is a JWT
 */
public record GrantFacts(
    @Nullable String issuer,
    @Nullable String subject,
    @Nullable Instant authenticatedAt,
    @Nullable String acr,
    List<String> amr,
    @Nullable String tokenId) {
  /** Nothing is known. */
  public static final GrantFacts NONE = new GrantFacts(null, null, null, null, List.of(), null);

  public GrantFacts {
    amr = List.copyOf(amr);
  }
}
