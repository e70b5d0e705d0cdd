package dev.countersign.ciba.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import dev.countersign.OddKeys;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Which keys count, and how often a provider is asked for them. */
@ExtendWith(OutputCaptureExtension.class)
class PublishedKeysTest {
  private static final RSAKey GOOD = key("good");
  private static final String GOOD_JSON = GOOD.toPublicJWK().toJSONString();

  @SuppressWarnings("unused") // the source of a parameterized test
  private static final List<String> ODD = OddKeys.ALL;

  private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1_000); // it overflows
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile String published = "{\"keys\":[" + GOOD_JSON + "]}";
  private volatile Runnable whileFetching = () -> {};
  private final PublishedKeys keys = of(TokenSource.ANYBODY);
  private final PublishedKeys providersOwn = of(TokenSource.PROVIDER);

  @ParameterizedTest
  @FieldSource("ODD")
  void oneThatCanNotBeUsedIsPassedOver(String odd, CapturedOutput output)
      throws KeySourceException {
    published = OddKeys.set(List.of(odd), GOOD_JSON);

    for (int i = 0; i < 3; i++) {
      assertThat(named("good")).hasSize(1);
      passes(Duration.ofMinutes(6));
    }
    assertThat(output.getOut().split("Passed over 1 of the provider's keys at", -1)).hasSize(2);
  }

  @Test
  void logHasALineForEachSetThatHasOddKeys(CapturedOutput output) throws KeySourceException {
    named("good");
    assertThat(output.getOut()).doesNotContain("Passed over");
    published = OddKeys.set(OddKeys.ALL, GOOD_JSON);
    passes(Duration.ofMinutes(6));
    named("good");
    published = OddKeys.set(List.of("null"), GOOD_JSON);
    passes(Duration.ofMinutes(6));
    named("good");

    assertThat(output.getOut())
        .contains("Passed over " + OddKeys.ALL.size() + " of", "(kid no-y, kty EC)")
        .contains("Passed over 1 of");
  }

  @Test
  void keysOfOneNameAreAllTried() throws KeySourceException {
    published =
        "{\"keys\":[" + GOOD_JSON + "," + key("good").toPublicJWK() + "," + GOOD_JSON + "]}";

    assertThat(named("good")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x5c\":[\"no certificate\"]",
        "\"x5c\":\"MIIB\"",
        "\"x5c\":[]",
        "\"x5u\":\"not an address: \\\\\"",
        "\"exp\":\"tomorrow\"",
        "\"key_ops\":[\"verify\"],\"use\":\"sig\"",
        "\"key_ops\":[\"verify\",\"encrypt\"]",
        "\"key_ops\":[\"verify\",\"encrypt\"],\"use\":\"sig\"",
        "\"key_ops\":[\"verify\",\"of_our_own\"]",
        "\"use\":null",
        "\"alg\":null",
        "\"of_our_own\":{\"a\":1}"
      })
  void keyCountsWhateverStandsBesideIt(String beside) throws KeySourceException {
    published = "{\"keys\":[" + withMembers(beside) + "]}";

    assertThat(named("good")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"use\":\"enc\"",
        "\"key_ops\":[\"encrypt\"]",
        "\"alg\":\"RSA-OAEP-256\"",
        "\"alg\":\"PS256\""
      })
  void keyThatIsForSomethingElseDoesNot(String beside) throws KeySourceException {
    published = "{\"keys\":[" + withMembers(beside) + "]}";

    assertThat(named("good")).isEmpty();
  }

  @Test
  void keyWithTheCertificateOfAnotherDoesNot() throws KeySourceException, CertificateException {
    HeldCertificate own = new HeldCertificate.Builder().keyPair(rsaPair(GOOD)).build();
    HeldCertificate another = new HeldCertificate.Builder().rsa2048().build();

    published = "{\"keys\":[" + withMembers(x5c(own)) + "]}";
    assertThat(named("good")).hasSize(1);
    published =
        "{\"keys\":[" + withMembers(x5c(another)) + "," + key("readable").toPublicJWK() + "]}";
    passes(Duration.ofMinutes(6));
    assertThat(named("good")).isEmpty();
  }

  private static KeyPair rsaPair(RSAKey key) {
    try {
      return key.toKeyPair();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String x5c(HeldCertificate held) throws CertificateException {
    return "\"x5c\":[\""
        + Base64.getEncoder().encodeToString(held.certificate().getEncoded())
        + "\"]";
  }

  @Test
  void nameThatIsANumberIsReadAsText() throws KeySourceException {
    published = "{\"keys\":[" + GOOD_JSON.replace("\"good\"", "17") + "]}";

    assertThat(named("17")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>", "", "{}", "[]", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[null]}"})
  void nothingIsSaidOfAnyNameWithoutASet(String answer) {
    published = answer;

    assertThatThrownBy(() -> named("good")).isInstanceOf(KeySourceException.class);
  }

  @Test
  void keysAreKeptForFiveMinutes() throws KeySourceException {
    for (int i = 0; i < 10; i++) {
      named("good");
      passes(Duration.ofSeconds(29));
    }
    assertThat(fetches).hasValue(1);
    passes(Duration.ofSeconds(11));
    named("good");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void madeUpNameIsLookedUpOnceInFiveMinutes() throws KeySourceException {
    named("good");
    for (int i = 0; i < 28; i++) {
      assertThat(named("made-up")).isEmpty();
      passes(Duration.ofSeconds(10));
    }
    assertThat(fetches).hasValue(2);
  }

  @Test
  void newKeyIsThereAtOnceAndAfterAMadeUpNameToo() throws KeySourceException {
    named("good");
    publish("second");
    assertThat(named("second")).hasSize(1);
    assertThat(named("made-up")).isEmpty();
    passes(Duration.ofMinutes(1));
    publish("third");
    assertThat(named("third")).hasSize(1);
  }

  @Test
  void manyMadeUpNamesAreTwoLookUpsAndThenOneAMinute() throws KeySourceException {
    named("good");
    for (int i = 0; i < 240; i++) {
      lookUp("made-up-" + i);
      passes(Duration.ofSeconds(1));
    }
    assertThat(fetches).hasValue(1 + 2 + 3);

    publish("new");
    passes(Duration.ofMinutes(1));
    assertThat(named("new")).hasSize(1);
  }

  @Test
  void providerThatGivesNoneIsAskedTwiceAndThenEachFiveSeconds() throws KeySourceException {
    published = "";
    for (int i = 0; i < 20; i++) {
      lookUp("good");
      passes(Duration.ofMillis(500));
    }
    assertThat(fetches).hasValue(2 + 1);
    publish("good");
    passes(Duration.ofSeconds(5));
    assertThat(named("good")).hasSize(1);
  }

  @Test
  void knownKeysCountWhileALookUpFails() throws KeySourceException {
    named("good");
    published = "";
    assertThatThrownBy(() -> named("made-up")).isInstanceOf(KeySourceException.class);

    assertThat(named("good")).hasSize(1);
  }

  @Test
  void oneFetchIsForAllWhoWait() throws InterruptedException {
    List<Thread> threads =
        Stream.generate(() -> Thread.ofVirtual().unstarted(() -> lookUp("good")))
            .limit(50)
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void failedLookUpsAreNoneAndKeysThatCanNotBeHadAreNoUnknownNames() throws KeySourceException {
    named("good");
    published = "";
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> named("new"))
          .isInstanceOf(KeySourceException.class)
          .isNotInstanceOf(RateLimitReachedException.class);
    }
    assertThat(fetches).hasValue(1 + 2);

    publish("new");
    passes(Duration.ofSeconds(5));
    assertThat(named("new")).hasSize(1);
  }

  @Test
  void providerThatGivesNoneIsNoUnknownName() {
    published = "";
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> named("good"))
          .isInstanceOf(KeySourceException.class)
          .isNotInstanceOf(RateLimitReachedException.class);
    }
    assertThat(fetches).hasValue(2);
  }

  @Test
  void keyOfTheProvidersOwnTokenIsWaitedForUntilItIsPublished() throws KeySourceException {
    named(providersOwn, "good");
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> named(providersOwn, "late"))
          .isInstanceOf(KeySourceException.class)
          .hasMessage("the one that a token names is not published yet");
      passes(Duration.ofSeconds(2));
    }
    assertThat(fetches.get()).isBetween(4, 6);

    publish("late");
    passes(Duration.ofSeconds(5));
    assertThat(named(providersOwn, "late")).hasSize(1);
  }

  @Test
  void providersOwnKeyThatIsForSomethingElseIsNotWaitedFor() throws KeySourceException {
    published = "{\"keys\":[" + GOOD_JSON + "," + forEncryption("other") + "]}";

    assertThat(named(providersOwn, "other")).isEmpty();
  }

  @Test
  void keysCountForAnHourWhileTheProviderGivesNone() throws KeySourceException {
    named("good");
    published = "";
    for (int i = 0; i < 11; i++) {
      passes(Duration.ofMinutes(5));
      assertThat(named("good")).hasSize(1);
    }
    passes(Duration.ofMinutes(5));
    assertThatThrownBy(() -> named("good")).isInstanceOf(KeySourceException.class);
  }

  @Test
  void keysCountWhileTheyAreFetchedAnew() throws KeySourceException, InterruptedException {
    named("good");
    passes(Duration.ofMinutes(6));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    whileFetching =
        () -> {
          asked.countDown();
          awaitLatch(answered);
        };
    Thread slow = Thread.ofVirtual().start(() -> lookUp("good"));
    awaitLatch(asked);

    assertThat(named("good")).hasSize(1);
    assertThat(fetches).hasValue(2);
    answered.countDown();
    slow.join();
  }

  @Test
  void failureIsForAllWhoWaitForTheFetch() throws InterruptedException {
    published = "";
    CountDownLatch answered = new CountDownLatch(1);
    whileFetching = () -> awaitLatch(answered);
    List<Thread> threads =
        Stream.generate(() -> Thread.ofPlatform().unstarted(() -> lookUp("good")))
            .limit(5)
            .toList();
    threads.forEach(Thread::start);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            threads.stream()
                    .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                    .count()
                == threads.size());
    answered.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(fetches).hasValue(1);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private PublishedKeys of(TokenSource tokens) {
    return new PublishedKeys(
        "https://id.example.com/jwks",
        tokens,
        () -> {
          fetches.incrementAndGet();
          whileFetching.run();
          if (published.isEmpty()) {
            throw new IOException("status 503");
          }
          return published;
        },
        time::get);
  }

  private void lookUp(String name) {
    try {
      named(name);
    } catch (RateLimitReachedException e) {
      return; // as it should be
    } catch (KeySourceException e) {
      assertThat(e.getMessage())
          .isIn("status 503", "the provider gave none, and is asked again in some seconds");
    }
  }

  private List<JWK> named(String name) throws KeySourceException {
    return named(keys, name);
  }

  private static List<JWK> named(PublishedKeys keys, String name) throws KeySourceException {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(name).build();
    return keys.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
  }

  private void passes(Duration duration) {
    time.addAndGet(duration.toNanos());
  }

  private void publish(String name) {
    published = "{\"keys\":[" + key(name).toPublicJWK() + "]}";
  }

  private static String withMembers(String members) {
    RSAKey plain = new RSAKey.Builder(GOOD).algorithm(null).build();
    String json = plain.toPublicJWK().toJSONString();
    return json.substring(0, json.length() - 1) + "," + members + "}";
  }

  private static String forEncryption(String name) {
    return new RSAKey.Builder(key(name)).keyUse(KeyUse.ENCRYPTION).build().toPublicJWK().toString();
  }

  private static RSAKey key(String name) {
    try {
      return new RSAKeyGenerator(2048).keyID(name).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
