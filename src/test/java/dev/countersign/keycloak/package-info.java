/**
 * A real Keycloak as CIBA provider: {@link dev.countersign.keycloak.Keycloak} is started once for
 * all tests that are marked {@link dev.countersign.keycloak.WithKeycloak}.
 */
@NullMarked
package dev.countersign.keycloak;

import org.jspecify.annotations.NullMarked;
