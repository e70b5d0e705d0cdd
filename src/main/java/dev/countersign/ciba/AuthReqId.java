package dev.countersign.ciba;

/**
 * The provider's handle of one authentication request (CIBA Core 7.3). A secret: whoever holds it
 * and the client's credentials can fetch the tokens.
 *
 * @param value opaque, of any length
 */
public record AuthReqId(String value) {
  @Override
  public String toString() {
    return "AuthReqId[" + value.length() + " characters]";
  }
}
