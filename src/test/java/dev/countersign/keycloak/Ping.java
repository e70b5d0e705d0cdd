package dev.countersign.keycloak;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A notification of ping mode (CIBA Core 10.2).
 *
 * @param authorization the header of that name
 */
public record Ping(String authorization, JsonNode body) {}
