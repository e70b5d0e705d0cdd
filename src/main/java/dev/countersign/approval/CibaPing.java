package dev.countersign.approval;

/**
 * A provider's notification that the user has decided, without its secrets.
 *
 * @param tokenDigest of the bearer token that came with it; Base64url of SHA-256
 * @param authReqIdDigest of the {@code auth_req_id} in it; Base64url of SHA-256
 */
public record CibaPing(String tokenDigest, String authReqIdDigest) {}
