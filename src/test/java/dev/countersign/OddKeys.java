package dev.countersign;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Members of JWK sets that verify no signature here, as providers publish them. */
public final class OddKeys {
  /** Of a usual curve, but half of the point is missing. */
  public static final String EC_WITHOUT_Y =
      "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"no-y\",\"x\":"
          + "\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\"}";

  /** One of each kind. */
  public static final List<String> ALL =
      List.of(
          EC_WITHOUT_Y,
          "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"off-curve\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
          "{\"kty\":\"EC\",\"crv\":\"P-999\",\"kid\":\"curve\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
          "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"kid\":\"k1-curve\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
          "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-65\",\"kid\":\"post-quantum\",\"pub\":\"AAAA\"}",
          "{\"kty\":\"ec\",\"kid\":\"case\"}",
          "{\"kty\":7}",
          "{\"kid\":\"no kty\"}",
          "{}",
          "null",
          "\"a text\"",
          "[]",
          "{\"kty\":\"RSA\",\"kid\":\"no-e\",\"n\":\"AQAB\"}",
          "{\"kty\":\"RSA\",\"kid\":\"no-n\",\"e\":\"AQAB\"}",
          "{\"kty\":\"RSA\",\"kid\":\"tiny\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
          "{\"kty\":\"RSA\",\"kid\":\"empty\",\"n\":\"\",\"e\":\"\"}",
          "{\"kty\":\"RSA\",\"kid\":\"null\",\"n\":null,\"e\":null}",
          "{\"kty\":\"RSA\",\"kid\":\"numbers\",\"n\":12,\"e\":65537}",
          "{\"kty\":\"RSA\",\"kid\":\"no-base64\",\"n\":\"***\",\"e\":\"***\"}",
          "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"ed\",\"x\":"
              + "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
          "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\"MDEyMzQ1Njc4OWFiY2RlZg\"}",
          "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"ed\"}");

  private OddKeys() {}

  /** A set of these and of a good one, which is neither the first nor the last. */
  public static String set(List<String> odd, String good) {
    int half = odd.size() / 2;
    return Stream.of(odd.subList(0, half), List.of(good), odd.subList(half, odd.size()))
        .flatMap(List::stream)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }
}
