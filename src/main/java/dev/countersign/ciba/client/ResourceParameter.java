package dev.countersign.ciba.client;

/** How a request names the API that the token is for. */
public enum ResourceParameter {
  /** Auth0: {@code audience}. */
  AUDIENCE,
  /** RFC 8707: {@code resource}, an absolute URI. */
  RESOURCE,
  /** Not at all: the provider knows by the scopes. */
  NONE
}
