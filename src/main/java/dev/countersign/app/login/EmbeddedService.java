package dev.countersign.app.login;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A service that only stands in for a real one while developing.
 *
 * @param service {@code model}, {@code tenant}, {@code shop} or {@code temporal}
 * @param url where a person can look at it; null: nowhere
 */
public record EmbeddedService(String service, @Nullable URI url) {}
