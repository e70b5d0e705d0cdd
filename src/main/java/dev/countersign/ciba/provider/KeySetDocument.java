package dev.countersign.ciba.provider;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.X509CertUtils;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JWK set key by key: one that can't be used is passed over, as RFC 7517 5 asks, and the
 * others count. Nimbus' own reader refuses the whole set for one such key.
 */
final class KeySetDocument {
  /** What a signature is verified by; a certificate beside it that can't be read takes no key. */
  private static final Set<String> ESSENTIAL =
      Set.of("kty", "use", "key_ops", "alg", "kid", "n", "e", "crv", "x", "y");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private final List<JWK> keys = new ArrayList<>();
  private final List<String> passedOver = new ArrayList<>();
  private int readable;

  private KeySetDocument() {}

  /**
   * What a set holds.
   *
   * @param keys those that can verify signatures
   * @param names of all members, also of those that can't
   * @param passedOver for each of the others which it is and why, in the order of the set
   * @param faulty whether one of these can't be read at all: the provider should mend it
   */
  record Keys(JWKSet keys, Set<String> names, List<String> passedOver, boolean faulty) {}

  /**
   * Reads a set.
   *
   * @throws KeySourceException if it is none, or none of its keys can be read: then nothing can be
   *     said of any signature
   */
  static Keys read(String text) throws KeySourceException {
    JsonNode tree = OAuthBody.json(text);
    JsonNode members = tree == null ? null : tree.path("keys");
    if (members == null || !members.isArray()) {
      throw new KeySourceException("the answer is no JWK set");
    }
    KeySetDocument document = new KeySetDocument();
    members.forEach(document::add);
    if (document.readable == 0) {
      throw new KeySourceException(
          members.isEmpty()
              ? "the JWK set is empty"
              : "none of the JWK set's keys can be read: "
                  + String.join("; ", document.passedOver));
    }
    return new Keys(
        new JWKSet(document.keys),
        names(members),
        List.copyOf(document.passedOver),
        document.readable < members.size());
  }

  private static Set<String> names(JsonNode members) {
    Set<String> names = new HashSet<>();
    members.forEach(member -> names.add(member.path("kid").asText()));
    return names;
  }

  private void add(JsonNode member) {
    try {
      JWK key = key(member);
      String hindrance = hindrance(key);
      readable++;
      if (hindrance == null) {
        keys.add(key);
      } else {
        passOver(member, hindrance);
      }
    } catch (ParseException | JOSEException | RuntimeException e) {
      passOver(member, OAuthBody.clean(e.getMessage()));
    }
  }

  private void passOver(JsonNode member, String why) {
    passedOver.add(
        "number %d (kid %s, kty %s): %s"
            .formatted(
                keys.size() + passedOver.size() + 1,
                OAuthBody.clean(member.path("kid").asText("none")),
                OAuthBody.clean(member.path("kty").asText("none")),
                why));
  }

  private static JWK key(JsonNode member) throws ParseException, JOSEException {
    if (!member.isObject()) {
      throw new ParseException("it is no object", 0);
    }
    JWK key = parsed(JSON.convertValue(member, MEMBERS));
    if (key instanceof AsymmetricJWK pair && isSupported(key)) {
      var _ = pair.toPublicKey(); // what can't be made a key would be found out by no token
    }
    return key;
  }

  private static JWK parsed(Map<String, Object> members) throws ParseException {
    try {
      return JWK.parse(members);
    } catch (ParseException | RuntimeException e) {
      Map<String, Object> essential = new HashMap<>(members);
      essential.keySet().retainAll(ESSENTIAL);
      essential.values().removeIf(value -> value == null || "".equals(value));
      essential.computeIfPresent("kid", (_, kid) -> kid.toString());
      if (essential.get("key_ops") instanceof List<?> operations && operations.contains("verify")) {
        essential.remove("key_ops"); // unknown ones beside it, or more than its use allows
      }
      JWK key = JWK.parse(essential);
      X509Certificate certificate = certificate(members.get("x5c"));
      if (certificate != null && !(key instanceof AsymmetricJWK it && it.matches(certificate))) {
        throw new ParseException("its certificate is of another key", 0); // RFC 7517 4.7
      }
      return key;
    }
  }

  /** The first of a chain, which must be of the key; null: there is none that can be read. */
  private static @Nullable X509Certificate certificate(@Nullable Object chain) {
    return chain instanceof List<?> list
            && !list.isEmpty()
            && list.getFirst() instanceof String text
        ? X509CertUtils.parse(new Base64(text).decode())
        : null;
  }

  private static boolean isSupported(JWK key) {
    return key instanceof RSAKey || key instanceof ECKey;
  }

  /** Why a good key verifies no signature here; null: it may. */
  private static @Nullable String hindrance(JWK key) {
    KeyUse use = key.getKeyUse();
    Set<KeyOperation> operations = key.getKeyOperations();
    if (use != null && !use.equals(KeyUse.SIGNATURE)) {
      return "it is for another use, " + OAuthBody.clean(use.identifier());
    }
    if (operations != null && !operations.contains(KeyOperation.VERIFY)) {
      return "it is not for verifying";
    }
    return isSupported(key) ? null : "no token here may be signed by such";
  }
}
