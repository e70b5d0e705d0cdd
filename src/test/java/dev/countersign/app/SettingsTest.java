package dev.countersign.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.api.ApiProperties;
import dev.countersign.app.codec.CodecServerProperties;
import dev.countersign.app.events.StreamProperties;
import dev.countersign.app.login.EmbeddedService;
import dev.countersign.app.login.PageProperties;
import dev.countersign.app.login.SessionProperties;
import dev.countersign.app.purchase.ShopProperties;
import dev.countersign.approval.ReAsk;
import dev.countersign.autoconfigure.ApprovalProperties;
import dev.countersign.autoconfigure.CibaProfile;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.CibaSettings;
import dev.countersign.autoconfigure.ClientKeyProperties;
import dev.countersign.autoconfigure.ClockProperties;
import dev.countersign.autoconfigure.GuardProperties;
import dev.countersign.autoconfigure.KeysProperties;
import dev.countersign.autoconfigure.MessageProperties;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.autoconfigure.PlaintextProperties;
import dev.countersign.autoconfigure.ReAskProperties;
import dev.countersign.autoconfigure.TlsProperties;
import dev.countersign.ciba.DeliveryMode;
import dev.countersign.ciba.client.ClientAuthenticationMethod;
import dev.countersign.ciba.client.ResourceParameter;
import dev.countersign.ciba.key.SigningAlgorithm;
import dev.countersign.message.MessageRules;
import dev.countersign.settings.BindSentence;
import dev.countersign.settings.InvalidSettingException;
import dev.countersign.temporal.PayloadSettings;
import dev.countersign.temporal.TemporalSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

class SettingsTest {
  private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private static <T> T bind(Class<T> record, Map<String, String> properties) {
    String prefix = record.getAnnotation(ConfigurationProperties.class).value();
    return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, record);
  }

  private static String sentence(Class<?> record, Map<String, String> properties) {
    try {
      bind(record, properties);
    } catch (BindException e) {
      return BindSentence.of(e);
    }
    throw new AssertionError(properties + " was accepted");
  }

  @Test
  void oidcHasEveryPropertyByItsName() {
    OidcProperties oidc =
        bind(
            OidcProperties.class,
            Map.of(
                "countersign.oidc.issuer", "https://acme.eu.auth0.com/",
                "countersign.oidc.client-id", "app",
                "countersign.oidc.client-secret", "hush"));
    assertThat(oidc)
        .isEqualTo(new OidcProperties(URI.create("https://acme.eu.auth0.com/"), "app", "hush"));
    assertThat(oidc.toString()).doesNotContain("hush");
  }

  @Test
  void oidcNamesAllThatIsMissing() {
    assertThat(sentence(OidcProperties.class, Map.of()))
        .contains("(OIDC_ISSUER, or AUTH0_DOMAIN) is not set. Set AUTH0_DOMAIN to")
        .contains("(CLIENT_ID) is not set. Set it to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://login.example.com", "acme.eu.auth0.com", "https:///", "ftp://localhost"})
  void oidcRefusesAnIssuerThatIsNotSecure(String issuer) {
    assertThat(sentence(OidcProperties.class, Map.of("countersign.oidc.issuer", issuer)))
        .isEqualTo(
            "countersign.oidc.issuer (OIDC_ISSUER, or AUTH0_DOMAIN) must be an https URL (http is"
                + " allowed on localhost only), but is \""
                + issuer
                + "\".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:9000", "http://127.0.0.1:9000/", "http://[::1]:9000"})
  void oidcAllowsHttpOnLoopback(String issuer) {
    assertThat(new OidcProperties(URI.create(issuer), "app", "hush").issuer()).hasToString(issuer);
  }

  @Test
  void apiHasItsDefaultAndItsName() {
    assertThat(bind(ApiProperties.class, Map.of()))
        .isEqualTo(new ApiProperties("countersign", "", false, SignatureAlgorithm.RS256, false));
    assertThat(
            bind(
                ApiProperties.class,
                Map.of(
                    "countersign.api.audience", "mine",
                    "countersign.api.scope", "buy",
                    "countersign.api.typed-tokens", "true",
                    "countersign.api.token-algorithm", "PS256",
                    "countersign.api.documentation", "true")))
        .isEqualTo(new ApiProperties("mine", "buy", true, SignatureAlgorithm.PS256, true));
    assertThat(sentence(ApiProperties.class, Map.of("countersign.api.audience", " ")))
        .isEqualTo("countersign.api.audience (API_AUDIENCE) must not be empty.");
    assertThat(sentence(ApiProperties.class, Map.of("countersign.api.scope", "buy sell")))
        .isEqualTo(
            "countersign.api.scope (COUNTERSIGN_API_SCOPE) must be one scope, without spaces, but is"
                + " \"buy sell\".");
  }

  @Test
  void plaintextIsForThisMachineAndHostsThatAreNamed() {
    PlaintextProperties none = bind(PlaintextProperties.class, Map.of());
    PlaintextProperties some =
        bind(
            PlaintextProperties.class, Map.of("countersign.tls.plaintext-hosts", "temporal,model"));

    assertThat(List.of("localhost", "127.0.0.1", "127.1.2.3", "[::1]", "::1"))
        .allSatisfy(host -> assertThat(none.faults("IT", host, "Do so")).isEmpty());
    assertThat(some.faults("IT", "temporal", "Do so")).isEmpty();
    assertThat(some.faults("IT", "temporal.example.com", "Do so"))
        .containsExactly(
            "IT leads to temporal.example.com without TLS, where everybody on the way can read and"
                + " change what is sent. Do so, or, if the network between is trusted, name the host"
                + " in countersign.tls.plaintext-hosts (COUNTERSIGN_TLS_PLAINTEXTHOSTS).");
    assertThat(none.faults("IT", "127.0.0.1.example.com", "Do so")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "temporal:7233, temporal",
    "dns:///temporal.example.com:7233, temporal.example.com",
    "[::1]:7233, [::1]",
    "temporal, temporal"
  })
  void temporalsHostIsThatOfItsAddress(String address, String host) {
    assertThat(bind(TemporalSettings.class, Map.of("countersign.temporal.address", address)).host())
        .isEqualTo(host);
  }

  @Test
  void clockHasItsDefaultAndItsName() {
    assertThat(bind(ClockProperties.class, Map.of()))
        .isEqualTo(new ClockProperties(Duration.ofMinutes(5)));
    assertThat(bind(ClockProperties.class, Map.of("countersign.clock.max-skew", "1m")))
        .isEqualTo(new ClockProperties(Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource({"59s, 'must be 1m to 1h, but is 59s.'", "61m, 'must be 1m to 1h, but is 3660s.'"})
  void clockSaysWhatIsWrong(String maxSkew, String sentence) {
    assertThat(sentence(ClockProperties.class, Map.of("countersign.clock.max-skew", maxSkew)))
        .isEqualTo("countersign.clock.max-skew (COUNTERSIGN_CLOCK_MAXSKEW) " + sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "generic,CLIENT_SECRET_BASIC,{sub},RESOURCE,false,RS256,,",
    "auth0,CLIENT_SECRET_POST,iss_sub,AUDIENCE,false,RS256,500,5",
    "keycloak,CLIENT_SECRET_BASIC,{preferred_username},NONE,false,RS256,,",
    "fapi-ciba,PRIVATE_KEY_JWT,{sub},RESOURCE,true,PS256,,"
  })
  void cibaFollowsItsProfile(
      String profile,
      ClientAuthenticationMethod authentication,
      String loginHint,
      ResourceParameter resource,
      boolean signedRequests,
      SigningAlgorithm idTokens,
      @Nullable Integer startsPerMinute,
      @Nullable Integer startsPerUserAndMinute) {
    CibaProperties ciba = bind(CibaProperties.class, Map.of("countersign.ciba.profile", profile));
    assertThat(ciba.settings())
        .isEqualTo(
            new CibaSettings(
                authentication,
                loginHint,
                "sub",
                resource,
                signedRequests,
                idTokens,
                startsPerMinute,
                startsPerUserAndMinute));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fapi-ciba", "fapi_ciba", "FAPI_CIBA", "FapiCiba"})
  void cibaTakesAProfileInEverySpelling(String profile) {
    CibaProperties ciba = bind(CibaProperties.class, Map.of("countersign.ciba.profile", profile));
    assertThat(ciba.profile()).isEqualTo(CibaProfile.FAPI_CIBA).hasToString("fapi-ciba");
  }

  @Test
  void cibaSendsTheLoginsSecretToNoOtherIssuer() {
    assertThat(bind(CibaProperties.class, Map.of()).clientSecretOr("login's")).isEqualTo("login's");
    Map<String, String> other =
        Map.of(
            "countersign.ciba.issuer", "https://ciba.example.com",
            "countersign.ciba.user-claim", "email");
    assertThat(bind(CibaProperties.class, other).clientSecretOr("login's")).isEmpty();
    Map<String, String> own = Map.of("countersign.ciba.client-secret", "hush");
    assertThat(bind(CibaProperties.class, own).clientSecretOr("login's")).isEqualTo("hush");
  }

  @Test
  void cibaIsGenericAndPollsByDefault() {
    CibaProperties ciba = bind(CibaProperties.class, Map.of());
    assertThat(ciba.profile()).isEqualTo(CibaProfile.GENERIC);
    assertThat(ciba.deliveryMode()).isEqualTo(DeliveryMode.POLL);
    assertThat(ciba.safetyInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(ciba.requestsPerSecond()).isEqualTo(50);
    assertThat(ciba.requestLifetime()).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @EnumSource(CibaProfile.class)
  void cibaHasEveryPropertyByItsNameAndOverridesTheProfile(CibaProfile profile) {
    CibaProperties ciba =
        bind(
            CibaProperties.class,
            Map.ofEntries(
                Map.entry("countersign.ciba.profile", profile.name()),
                Map.entry("countersign.ciba.issuer", "https://ciba.example.com"),
                Map.entry("countersign.ciba.client-id", "agent"),
                Map.entry("countersign.ciba.client-secret", "hush"),
                Map.entry("countersign.ciba.client-authentication", "tls_client_auth"),
                Map.entry("countersign.ciba.login-hint", "{email}"),
                Map.entry("countersign.ciba.user-claim", "email"),
                Map.entry("countersign.ciba.user-codes", "true"),
                Map.entry("countersign.ciba.caller-hints", "true"),
                Map.entry("countersign.ciba.resource-parameter", "audience"),
                Map.entry("countersign.ciba.delivery-mode", "ping"),
                Map.entry("countersign.ciba.safety-interval", "90s"),
                Map.entry("countersign.ciba.requests-per-second", "7"),
                Map.entry("countersign.ciba.starts-per-minute", "8"),
                Map.entry("countersign.ciba.starts-per-user-and-minute", "9"),
                Map.entry("countersign.ciba.signed-requests", "true"),
                Map.entry("countersign.ciba.request-lifetime", "1m"),
                Map.entry("countersign.ciba.id-token-algorithm", "ES256"),
                Map.entry("countersign.ciba.id-token-required", "false")));
    assertThat(ciba)
        .isEqualTo(
            new CibaProperties(
                profile,
                URI.create("https://ciba.example.com"),
                "agent",
                "hush",
                ClientAuthenticationMethod.TLS_CLIENT_AUTH,
                "{email}",
                "email",
                true,
                true,
                ResourceParameter.AUDIENCE,
                DeliveryMode.PING,
                Duration.ofSeconds(90),
                7,
                8,
                9,
                true,
                Duration.ofMinutes(1),
                SigningAlgorithm.ES256,
                false));
    assertThat(ciba.settings())
        .isEqualTo(
            new CibaSettings(
                ClientAuthenticationMethod.TLS_CLIENT_AUTH,
                "{email}",
                "email",
                ResourceParameter.AUDIENCE,
                true,
                SigningAlgorithm.ES256,
                8,
                9));
    assertThat(ciba.toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          requests-per-second | 0 | countersign.ciba.requests-per-second (COUNTERSIGN_CIBA_REQUESTSPERSECOND) must be at least 1, but is 0.
          requests-per-second | many | countersign.ciba.requests-per-second must be a whole number, but is "many".
          starts-per-minute | 0 | countersign.ciba.starts-per-minute (COUNTERSIGN_CIBA_STARTSPERMINUTE) must be at least 1, but is 0.
          starts-per-user-and-minute | 0 | countersign.ciba.starts-per-user-and-minute (COUNTERSIGN_CIBA_STARTSPERUSERANDMINUTE) must be at least 1, but is 0.
          client-authentication | tls | countersign.ciba.client-authentication must be one of client_secret_post, client_secret_basic, private_key_jwt, tls_client_auth, self_signed_tls_client_auth, but is "tls".
          profile | okta | countersign.ciba.profile must be one of generic, auth0, keycloak, fapi-ciba, but is "okta".
          issuer | http://ciba.example.com | countersign.ciba.issuer (CIBA_ISSUER) must be an https URL (http is allowed on localhost only), but is "http://ciba.example.com".
          issuer | https://ciba.example.com | countersign.ciba.user-claim (CIBA_USER_CLAIM) must be set when CIBA_ISSUER is: name the claim by which both issuers know a user, email for example, or sub if both give a user the same.
          delivery-mode | push | countersign.ciba.delivery-mode (CIBA_DELIVERY_MODE) must be poll or ping, but is push: with push the provider would send tokens to a public address of this application, instead of handing them out to a client that has proved itself.
          safety-interval | 10ms | countersign.ciba.safety-interval (COUNTERSIGN_CIBA_SAFETYINTERVAL) must be at least 1s, but is 10ms.
          request-lifetime | 61m | countersign.ciba.request-lifetime (COUNTERSIGN_CIBA_REQUESTLIFETIME) must be 1s to 60m, but is 3660000ms.
          request-lifetime | 0s | countersign.ciba.request-lifetime (COUNTERSIGN_CIBA_REQUESTLIFETIME) must be 1s to 60m, but is 0ms.
          """)
  void cibaSaysWhatIsWrong(String property, String value, String sentence) {
    assertThat(sentence(CibaProperties.class, Map.of("countersign.ciba." + property, value)))
        .isEqualTo(sentence);
  }

  @Test
  void approvalHasItsDefaults() {
    assertThat(bind(ApprovalProperties.class, Map.of()))
        .isEqualTo(
            new ApprovalProperties(
                null,
                Duration.ofMinutes(5),
                List.of(),
                ApprovalProperties.TokenExpired.ASK,
                null,
                20_000));
  }

  @Test
  void approvalHasEveryPropertyByItsName() {
    assertThat(
            bind(
                ApprovalProperties.class,
                Map.of(
                    "countersign.approval.audience", "shop",
                    "countersign.approval.requested-expiry", "2m",
                    "countersign.approval.acr-values", "phr,phrh",
                    "countersign.approval.token-expired", "end",
                    "countersign.approval.burst", "0s",
                    "countersign.approval.slots", "2")))
        .isEqualTo(
            new ApprovalProperties(
                "shop",
                Duration.ofMinutes(2),
                List.of("phr", "phrh"),
                ApprovalProperties.TokenExpired.END,
                Duration.ZERO,
                2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          requested-expiry | 10ms | countersign.approval.requested-expiry (COUNTERSIGN_APPROVAL_REQUESTEDEXPIRY) must be at least 1s, but is 10ms.
          requested-expiry | soon | countersign.approval.requested-expiry must be a duration such as 10s, 5m or PT1H, but is "soon".
          token-expired | never | countersign.approval.token-expired must be one of ask, end, but is "never".
          burst | -1s | countersign.approval.burst (COUNTERSIGN_APPROVAL_BURST) must not be negative, but is -1000ms.
          slots | 0 | countersign.approval.slots (COUNTERSIGN_APPROVAL_SLOTS) must be 1 to 1000000, but is 0.
          slots | 1000001 | countersign.approval.slots (COUNTERSIGN_APPROVAL_SLOTS) must be 1 to 1000000, but is 1000001.
          """)
  void approvalSaysWhatIsWrong(String property, String value, String sentence) {
    assertThat(
            sentence(ApprovalProperties.class, Map.of("countersign.approval." + property, value)))
        .isEqualTo(sentence);
  }

  @Test
  void streamsHaveTheirDefaultAndTheirName() {
    assertThat(bind(StreamProperties.class, Map.of())).isEqualTo(new StreamProperties(20));
    assertThat(bind(StreamProperties.class, Map.of("countersign.chat.streams-per-user", "1000")))
        .isEqualTo(new StreamProperties(1_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | countersign.chat.streams-per-user (COUNTERSIGN_CHAT_STREAMSPERUSER) must be 1 to 1000, but is 0.
          1001 | countersign.chat.streams-per-user (COUNTERSIGN_CHAT_STREAMSPERUSER) must be 1 to 1000, but is 1001.
          few | countersign.chat.streams-per-user must be a whole number, but is "few".
          """)
  void streamsSayWhatIsWrong(String value, String sentence) {
    assertThat(sentence(StreamProperties.class, Map.of("countersign.chat.streams-per-user", value)))
        .isEqualTo(sentence);
  }

  @Test
  void sessionsLastAWorkingDayUnlessToldOtherwise() {
    assertThat(bind(SessionProperties.class, Map.of()))
        .isEqualTo(new SessionProperties(Duration.ofHours(8), Duration.ofHours(1)));
    assertThat(
            bind(
                SessionProperties.class,
                Map.of(
                    "countersign.session.lifetime", "30d",
                    "countersign.session.idle-timeout", "1m")))
        .isEqualTo(new SessionProperties(Duration.ofDays(30), Duration.ofMinutes(1)));
    assertThat(sentence(SessionProperties.class, Map.of("countersign.session.idle-timeout", "59s")))
        .isEqualTo(
            "countersign.session.idle-timeout (COUNTERSIGN_SESSION_IDLETIMEOUT) must be 1m to 30d,"
                + " but is 59s.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          299s   | must be 5m to 30d, but is 299s.
          31d    | must be 5m to 30d, but is 2678400s.
          """)
  void sessionsAreNeitherShortNorEndless(String lifetime, String sentence) {
    assertThat(sentence(SessionProperties.class, Map.of("countersign.session.lifetime", lifetime)))
        .isEqualTo("countersign.session.lifetime (COUNTERSIGN_SESSION_LIFETIME) " + sentence);
  }

  @Test
  void pageNamesEmbeddedServices() {
    assertThat(bind(PageProperties.class, Map.of())).isEqualTo(new PageProperties(List.of()));
    assertThat(
            bind(
                PageProperties.class,
                Map.of(
                    "countersign.page.embedded[0].service", "model",
                    "countersign.page.embedded[1].service", "tenant",
                    "countersign.page.embedded[1].url", "http://localhost:9000/")))
        .isEqualTo(
            new PageProperties(
                List.of(
                    new EmbeddedService("model", null),
                    new EmbeddedService("tenant", URI.create("http://localhost:9000/")))));
    assertThat(
            sentence(PageProperties.class, Map.of("countersign.page.embedded[0].service", "shoe")))
        .isEqualTo(
            "countersign.page.embedded[].service must be model, tenant, shop or temporal, but is"
                + " \"shoe\".");
    assertThat(
            sentence(
                PageProperties.class,
                Map.of(
                    "countersign.page.embedded[0].service", "shop",
                    "countersign.page.embedded[0].url", "javascript:alert(1)")))
        .isEqualTo(
            "countersign.page.embedded[].url must be an http or https URL, but is"
                + " \"javascript:alert(1)\".");
  }

  @Test
  void shopHasItsDefaults() {
    assertThat(bind(ShopProperties.class, Map.of()))
        .isEqualTo(
            new ShopProperties(
                null,
                true,
                false,
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                null,
                Duration.ofMinutes(1),
                Duration.ofDays(7)));
  }

  @Test
  void shopHasEveryPropertyByItsName() {
    assertThat(
            bind(
                ShopProperties.class,
                Map.of(
                    "countersign.shop.url", "http://localhost:9001/api/orders",
                    "countersign.shop.idempotent", "false",
                    "countersign.shop.unavailable-means-not-ordered", "true",
                    "countersign.shop.call-timeout", "3s",
                    "countersign.shop.give-up-after", "1m",
                    "countersign.shop.lookup-url", "https://shop.example.com/orders/{key}",
                    "countersign.shop.lookup-not-found-after", "20s",
                    "countersign.shop.settle-within", "0s")))
        .isEqualTo(
            new ShopProperties(
                URI.create("http://localhost:9001/api/orders"),
                false,
                true,
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                "https://shop.example.com/orders/{key}",
                Duration.ofSeconds(20),
                Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url | http://shop.example.com | countersign.shop.url (SHOP_API_URL) must be an https URL (http is allowed on localhost only), but is "http://shop.example.com".
          url | not a url | countersign.shop.url must be a URL, but is "not a url".
          idempotent | maybe | countersign.shop.idempotent must be true or false, but is "maybe".
          lookup-url | https://shop.example.com/orders | countersign.shop.lookup-url (COUNTERSIGN_SHOP_LOOKUPURL) must have {key} where the key stands, but is "https://shop.example.com/orders".
          lookup-url | http://shop.example.com/{key} | countersign.shop.lookup-url (COUNTERSIGN_SHOP_LOOKUPURL) must be an https URL (http is allowed on localhost only), but is "http://shop.example.com/key".
          lookup-url | not a url {key} | countersign.shop.lookup-url (COUNTERSIGN_SHOP_LOOKUPURL) must be a URL, but is "not a url {key}".
          lookup-not-found-after | -1s | countersign.shop.lookup-not-found-after (COUNTERSIGN_SHOP_LOOKUPNOTFOUNDAFTER) must be 0 to countersign.shop.give-up-after, 900000ms, but is -1000ms.
          settle-within | 31d | countersign.shop.settle-within (COUNTERSIGN_SHOP_SETTLEWITHIN) must be 0 to 30 days, but is 744 hours.
          give-up-after | 8d | countersign.shop.give-up-after (COUNTERSIGN_SHOP_GIVEUPAFTER) must be at most 7 days, but is 192 hours.
          call-timeout | 0s | countersign.shop.call-timeout (COUNTERSIGN_SHOP_CALLTIMEOUT) must be more than 0, but is 0ms.
          give-up-after | 1s | countersign.shop.give-up-after (COUNTERSIGN_SHOP_GIVEUPAFTER) must be at least countersign.shop.call-timeout, 10000ms, but is 1000ms.
          """)
  void shopSaysWhatIsWrong(String property, String value, String sentence) {
    assertThat(sentence(ShopProperties.class, Map.of("countersign.shop." + property, value)))
        .isEqualTo(sentence);
  }

  @Test
  void shopMayBeGivenUpSoonWhereNothingIsLookedUp() {
    Map<String, String> soon = Map.of("countersign.shop.give-up-after", "30s");
    assertThat(bind(ShopProperties.class, soon).giveUpAfter()).isEqualTo(Duration.ofSeconds(30));

    Map<String, String> lookedUp = new HashMap<>(soon);
    lookedUp.put("countersign.shop.lookup-url", "https://shop.example.com/{key}");
    assertThat(sentence(ShopProperties.class, lookedUp))
        .isEqualTo(
            "countersign.shop.lookup-not-found-after (COUNTERSIGN_SHOP_LOOKUPNOTFOUNDAFTER) must be"
                + " 0 to countersign.shop.give-up-after, 30000ms, but is 60000ms.");
  }

  @Test
  void keysMakeAVault() {
    KeysProperties keys = bind(KeysProperties.class, Map.of("countersign.keys", "k1:" + KEY));
    var sealed = keys.vault().seal("secret", "owner");
    assertThat(keys.vault().open(sealed, "owner")).isEqualTo("secret");
    assertThat(keys.toString()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | countersign.keys (COUNTERSIGN_KEYS) is not set. Make a key with "openssl rand -base64 32" and set COUNTERSIGN_KEYS=k1:<key>. Keep it: without it, approvals under way can't be finished.
          abc | countersign.keys (COUNTERSIGN_KEYS) is wrong: each key must be written as name:Base64, separated by commas.
          k1:QUJD | countersign.keys (COUNTERSIGN_KEYS) is wrong: the key k1 must have 32 bytes, but has 3.
          """)
  void keysSayWhatIsWrong(String value, String sentence) {
    assertThat(sentence(KeysProperties.class, Map.of("countersign.keys", value)))
        .isEqualTo(sentence);
  }

  @Test
  void temporalHasEveryPropertyByItsName() {
    assertThat(
            bind(TemporalSettings.class, Map.of("countersign.temporal.address", "localhost:7233")))
        .isEqualTo(
            new TemporalSettings(
                "localhost:7233",
                "default",
                "",
                TemporalSettings.Tls.UNSET,
                "countersign",
                Duration.ofMinutes(1)));
    TemporalSettings all =
        bind(
            TemporalSettings.class,
            Map.of(
                "countersign.temporal.address", "temporal.example.com:7233",
                "countersign.temporal.namespace", "orders",
                "countersign.temporal.api-key", "hush",
                "countersign.temporal.tls.enabled", "true",
                "countersign.temporal.tls.certificate", "client.pem",
                "countersign.temporal.tls.key", "key.pem",
                "countersign.temporal.tls.trust", "authorities.pem",
                "countersign.temporal.tls.server-name", "temporal",
                "countersign.temporal.task-queue-prefix", "shop",
                "countersign.temporal.startup-timeout", "5s"));
    assertThat(all)
        .isEqualTo(
            new TemporalSettings(
                "temporal.example.com:7233",
                "orders",
                "hush",
                new TemporalSettings.Tls(
                    true,
                    Path.of("client.pem"),
                    Path.of("key.pem"),
                    Path.of("authorities.pem"),
                    "temporal"),
                "shop",
                Duration.ofSeconds(5)));
    assertThat(all.toString()).doesNotContain("hush");
  }

  @Test
  void payloadsArePlainUnlessTheyAreSealed() {
    assertThat(bind(PayloadSettings.class, Map.of()))
        .isEqualTo(new PayloadSettings(PayloadSettings.Mode.PLAIN, null));
    assertThat(
            bind(
                PayloadSettings.class,
                Map.of(
                    "countersign.temporal.payloads.mode", "sealed",
                    "countersign.temporal.payloads.plain-until", "2027-01-31T00:00:00Z")))
        .isEqualTo(
            new PayloadSettings(
                PayloadSettings.Mode.SEALED, Instant.parse("2027-01-31T00:00:00Z")));
    assertThat(
            sentence(
                PayloadSettings.class,
                Map.of("countersign.temporal.payloads.plain-until", "2027-01-31T00:00:00Z")))
        .isEqualTo(
            "countersign.temporal.payloads.plain-until (COUNTERSIGN_TEMPORAL_PAYLOADS_PLAINUNTIL) is"
                + " for countersign.temporal.payloads.mode=sealed only.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "temporal.example.com",
        "https://temporal.example.com/",
        "https://temporal.example.com/ui",
        "https://alice@temporal.example.com",
        "ftp://temporal.example.com",
        "*"
      })
  void codecServerSaysThatAnOriginIsNone(String webUi) {
    assertThat(
            sentence(CodecServerProperties.class, Map.of("countersign.codec-server.web-ui", webUi)))
        .startsWith(
            "countersign.codec-server.web-ui (COUNTERSIGN_CODECSERVER_WEBUI) must be the origin")
        .endsWith("but is \"" + webUi + "\".");
  }

  @Test
  void codecServerHasAnAudienceOfItsOwn() {
    CodecServerProperties server =
        bind(
            CodecServerProperties.class,
            Map.of("countersign.codec-server.audience", "countersign"));
    assertThat(server.fault(Set.of("countersign", "app")))
        .hasValueSatisfying(sentence ->
            assertThat(sentence)
                .startsWith(
                    "countersign.codec-server.audience (COUNTERSIGN_CODECSERVER_AUDIENCE) must be"));
    assertThat(server.fault(Set.of("app", ""))).isEmpty();
    assertThat(bind(CodecServerProperties.class, Map.of()).fault(Set.of(""))).isEmpty();
    assertThat(sentence(CodecServerProperties.class, Map.of("countersign.codec-server.role", " ")))
        .contains("COUNTERSIGN_CODECSERVER_ROLE) must not be empty");
  }

  @Test
  void temporalSaysWhatIsWrong() {
    assertThat(sentence(TemporalSettings.class, Map.of()))
        .startsWith(
            "countersign.temporal.address (TEMPORAL_ADDRESS) is not set. Set it to host and port");
    assertThat(temporalSentence("startup-timeout", "0s"))
        .startsWith(
            "countersign.temporal.startup-timeout (COUNTERSIGN_TEMPORAL_STARTUPTIMEOUT) must be"
                + " more than 0");
    assertThat(temporalSentence("task-queue-prefix", "shop-leases"))
        .startsWith(
            "countersign.temporal.task-queue-prefix (COUNTERSIGN_TEMPORAL_TASKQUEUEPREFIX), which is"
                + " spring.application.name where it is not set, must be 1 to 100 visible"
                + " characters")
        .endsWith("but is \"shop-leases\".");
    assertThat(temporalSentence("tls.key", "key.pem"))
        .isEqualTo(
            "countersign.temporal.tls.certificate (TEMPORAL_TLS_CERT) and"
                + " countersign.temporal.tls.key (TEMPORAL_TLS_KEY) must be set together.");
  }

  private static String temporalSentence(String setting, String value) {
    return sentence(
        TemporalSettings.class,
        Map.of(
            "countersign.temporal.address",
            "localhost:7233",
            "countersign.temporal." + setting,
            value));
  }

  @Test
  void tlsHasEveryPropertyByItsName() {
    TlsProperties pem =
        bind(
            TlsProperties.class,
            Map.of(
                "countersign.ciba.tls.certificate", "client.pem",
                "countersign.ciba.tls.key", "key.pem",
                "countersign.ciba.tls.trust", "ca.pem"));
    assertThat(pem)
        .isEqualTo(
            new TlsProperties(
                Path.of("client.pem"), Path.of("key.pem"), null, "", Path.of("ca.pem")));
    TlsProperties store =
        bind(
            TlsProperties.class,
            Map.of(
                "countersign.ciba.tls.key-store", "client.p12",
                "countersign.ciba.tls.key-store-password", "hush"));
    assertThat(store).isEqualTo(new TlsProperties(null, null, Path.of("client.p12"), "hush", null));
    assertThat(store.toString()).doesNotContain("hush");
  }

  @Test
  void tlsSaysWhatIsWrong() {
    assertThat(sentence(TlsProperties.class, Map.of("countersign.ciba.tls.key", "key.pem")))
        .isEqualTo(
            "countersign.ciba.tls.certificate (CIBA_TLS_CERT) and countersign.ciba.tls.key"
                + " (CIBA_TLS_KEY) must be set together.");
    assertThat(
            sentence(
                TlsProperties.class,
                Map.of(
                    "countersign.ciba.tls.certificate", "client.pem",
                    "countersign.ciba.tls.key", "key.pem",
                    "countersign.ciba.tls.key-store", "client.p12")))
        .endsWith("there can be one certificate only.");
  }

  @Test
  void reAskIsOffByDefaultAndHasEveryPropertyByItsName() {
    assertThat(bind(ReAskProperties.class, Map.of()).policy()).isNull();
    assertThat(
            bind(
                    ReAskProperties.class,
                    Map.of(
                        "countersign.approval.re-ask.times", "2",
                        "countersign.approval.re-ask.within", "1h"))
                .policy())
        .isEqualTo(new ReAsk(2, Duration.ofHours(1)));
    assertThat(sentence(ReAskProperties.class, Map.of("countersign.approval.re-ask.times", "-1")))
        .endsWith("must be 0 or more, but is -1.");
    assertThat(sentence(ReAskProperties.class, Map.of("countersign.approval.re-ask.within", "0s")))
        .endsWith("must be more than 0, but is 0ms.");
  }

  @Test
  void clientKeyHasEveryPropertyByItsName() {
    assertThat(bind(ClientKeyProperties.class, Map.of()))
        .isEqualTo(new ClientKeyProperties(null, null, null));
    assertThat(
            bind(
                ClientKeyProperties.class,
                Map.of(
                    "countersign.ciba.client-key.file", "key.pem",
                    "countersign.ciba.client-key.id", "k1",
                    "countersign.ciba.client-key.algorithm", "es256")))
        .isEqualTo(new ClientKeyProperties(Path.of("key.pem"), "k1", SigningAlgorithm.ES256));
  }

  @Test
  void clientKeySaysWhatIsWrong() {
    assertThat(
            sentence(
                ClientKeyProperties.class,
                Map.of("countersign.ciba.client-key.algorithm", "HS256")))
        .isEqualTo(
            "countersign.ciba.client-key.algorithm must be one of rs256, ps256, es256, but is"
                + " \"HS256\".");
  }

  @ParameterizedTest
  @EnumSource(CibaProfile.class)
  void bindingMessageFollowsTheProfile(CibaProfile profile) {
    MessageRules allowed = bind(MessageProperties.class, Map.of()).rules(profile);
    assertThat(allowed).isEqualTo(profile.defaults().message());
  }

  @ParameterizedTest
  @EnumSource(CibaProfile.class)
  void bindingMessageHasEveryPropertyByItsName(CibaProfile profile) {
    Map<String, String> properties =
        Map.of(
            "countersign.ciba.binding-message.characters", "[A-Za-z0-9_.-]",
            "countersign.ciba.binding-message.replacement", "-",
            "countersign.ciba.binding-message.max-length", "32");
    assertThat(bind(MessageProperties.class, properties).rules(profile))
        .isEqualTo(new MessageRules("[A-Za-z0-9_.-]", 32, "-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          characters  | a-z            | countersign.ciba.binding-message.characters must be a character class in square brackets, such as [A-Za-z0-9 ], but is a-z.
          replacement | +              | countersign.ciba.binding-message.replacement must be _ or -, and one of the allowed characters, but is +.
          max-length  | 0              | countersign.ciba.binding-message.max-length must be at least 1, but is 0.
          characters  | [A-Z ._]       | countersign.ciba.binding-message.characters must allow all of 0123456789, so that numbers can be shown, but is [A-Z ._].
          """)
  void bindingMessageSaysWhatIsWrong(String property, String value, String sentence) {
    Map<String, String> properties = Map.of("countersign.ciba.binding-message." + property, value);
    MessageProperties message = bind(MessageProperties.class, properties);
    assertThatThrownBy(() -> message.rules(CibaProfile.AUTH0)).hasMessage(sentence);
  }

  @Test
  void guardHasDefaultsAndEveryPropertyByItsName() {
    assertThat(bind(GuardProperties.class, Map.of()))
        .isEqualTo(
            new GuardProperties(
                Duration.ZERO,
                Duration.ofSeconds(30),
                Duration.ofMinutes(15),
                Duration.ofDays(7),
                "",
                false));
    String key = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
    assertThat(
            bind(
                GuardProperties.class,
                Map.of(
                    "countersign.guard.await", "2m",
                    "countersign.guard.timeout", "10s",
                    "countersign.guard.give-up-after", "1h",
                    "countersign.guard.settle-within", "1d",
                    "countersign.guard.user-key", key,
                    "countersign.guard.events", "true")))
        .isEqualTo(
            new GuardProperties(
                Duration.ofMinutes(2),
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                Duration.ofDays(1),
                key,
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          await         | -1s  | countersign.guard.await (COUNTERSIGN_GUARD_AWAIT) must not be negative, but is -1000ms.
          timeout       | 0s   | countersign.guard.timeout (COUNTERSIGN_GUARD_TIMEOUT) must be more than 0, but is 0ms.
          give-up-after | 8d   | countersign.guard.give-up-after (COUNTERSIGN_GUARD_GIVEUPAFTER) must be 0 to 7 days, but is 691200s.
          settle-within | 31d  | countersign.guard.settle-within (COUNTERSIGN_GUARD_SETTLEWITHIN) must be 0 to 30 days, but is 744 hours.
          user-key      | hush | countersign.guard.user-key (COUNTERSIGN_GUARD_USERKEY) must be Base64 of at least 32 bytes.
          """)
  void guardSaysWhatIsWrong(String property, String value, String sentence) {
    assertThat(sentence(GuardProperties.class, Map.of("countersign.guard." + property, value)))
        .isEqualTo(sentence);
  }

  @Test
  void guardNeedsAKeyOnlyWhereSomethingIsGuarded() {
    assertThatThrownBy(() -> bind(GuardProperties.class, Map.of()).userDigest())
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(
            "countersign.guard.user-key (COUNTERSIGN_GUARD_USERKEY) is not set, but there are");
  }
}
