package dev.countersign.e2e;

import static java.util.Map.entry;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.countersign.app.CountersignApplication;
import dev.countersign.devservices.model.OfflineChatModel;
import dev.countersign.devservices.model.SpokenModel;
import dev.countersign.devservices.shop.DemoShop;
import dev.countersign.devservices.shop.ShopSettings;
import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.devservices.tenant.TenantSettings;
import dev.countersign.guard.UserDigest;
import dev.countersign.temporal.CountersignTemporal;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The services around the application, and the application in this process when it is started. */
public final class Product implements AutoCloseable, AfterAllCallback {
  /** How long something may take that goes on by itself. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The tenant doesn't limit how often a user is asked. */
  static final String STARTS = "1000";

  static final String KEYS = "k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
  static final String USER_KEY = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  /** Stands for users in what the application keeps at Temporal. */
  public static final UserDigest USERS = new UserDigest(Base64.getDecoder().decode(USER_KEY));

  /** What the model was told, call by call. */
  public final List<String> toldToTheModel = new CopyOnWriteArrayList<>();

  public final TemporalLauncher temporal;
  public final IdentityTenant tenant;
  public final DemoShop shop;
  private final List<ApplicationContextInitializer<?>> changes = new ArrayList<>();
  private volatile CountDownLatch modelHold = new CountDownLatch(0);
  private @Nullable ConfigurableApplicationContext application;

  /** What the model answers to a message of exactly these words, instead of its own answer. */
  public final Map<String, Supplier<String>> scriptedAnswers = new ConcurrentHashMap<>();

  /** Which tool the model calls for a message of exactly these words. */
  public final Map<String, ToolExecutionRequest> scriptedCalls = new ConcurrentHashMap<>();

  /** A word before which an answer stops until the latch opens. */
  private final Map<String, CountDownLatch> heldWords = new ConcurrentHashMap<>();

  /** With a tenant that may be polled every second. */
  public Product() {
    this(TenantSettings.on(0, null).withInterval(Duration.ofSeconds(1)));
  }

  /** With a Temporal server that is started so. */
  public Product(LauncherSettings temporal) {
    this(TenantSettings.on(0, null).withInterval(Duration.ofSeconds(1)), temporal);
  }

  /** With a tenant that is started so. */
  public Product(TenantSettings settings) {
    this(settings, LauncherSettings.temporary());
  }

  /** With a Temporal server that somebody else starts and ends. */
  public static Product beside(String temporal, TenantSettings settings) {
    return new Product(settings, TemporalLauncher.at(temporal));
  }

  private Product(TenantSettings settings, LauncherSettings temporal) {
    this(settings, TemporalLauncher.start(temporal));
  }

  private Product(TenantSettings settings, TemporalLauncher temporal) {
    this.temporal = temporal;
    tenant = IdentityTenant.start(settings);
    shop = DemoShop.start(ShopSettings.of(tenant.issuer()));
  }

  /** The offline model, with an ear at it. */
  private ChatModel overheardModel() {
    OfflineChatModel model = new OfflineChatModel();
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        toldToTheModel.add(request.messages().toString());
        awaitHold();
        return (request.messages().getLast() instanceof UserMessage said
                ? scripted(said.singleText())
                : Optional.<AiMessage>empty())
            .map(answer -> ChatResponse.builder().aiMessage(answer).build())
            .orElseGet(() -> model.chat(request));
      }
    };
  }

  private Optional<AiMessage> scripted(String words) {
    Optional<AiMessage> called = Optional.ofNullable(scriptedCalls.get(words)).map(AiMessage::from);
    return called.or(() ->
        Optional.ofNullable(scriptedAnswers.get(words))
            .map(answer -> AiMessage.from(answer.get())));
  }

  /** Changes the application before it is started. */
  public Product with(ApplicationContextInitializer<GenericApplicationContext> change) {
    changes.add(change);
    return this;
  }

  /** Lets the model answer only when the latch is open. */
  void holdModel(CountDownLatch until) {
    modelHold = until;
  }

  /** Lets no answer go on to a word before the latch is open. */
  public void holdWord(String word, CountDownLatch until) {
    heldWords.put(word, until);
  }

  private void awaitWord(String word) throws InterruptedException {
    CountDownLatch until = heldWords.get(word);
    if (until != null && !until.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("The test never let the model say " + word);
    }
  }

  private void awaitHold() {
    try {
      if (!modelHold.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The test never let the model answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A new key that signs receipts. */
  public static String receiptsKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate().toJSONString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Environment variables that point an application at these services. */
  Map<String, String> environment() {
    return Map.ofEntries(
        entry("TEMPORAL_ADDRESS", temporal.target()),
        entry("OIDC_ISSUER", tenant.issuer()),
        entry("CIBA_PROFILE", "auth0"),
        entry("CLIENT_ID", tenant.clientId()),
        entry("CLIENT_SECRET", tenant.clientSecret()),
        entry("SHOP_API_URL", shop.url()),
        entry("COUNTERSIGN_KEYS", KEYS),
        entry("COUNTERSIGN_GUARD_USERKEY", USER_KEY),
        entry("COUNTERSIGN_GUARD_QUESTIONS_OPEN", "1000"), // many tests share few users
        entry("COUNTERSIGN_CHAT_LIMITS_CONVERSATIONSADAY", "0"),
        entry("COUNTERSIGN_GUARD_QUESTIONS_PERHOUR", "0"),
        entry("COUNTERSIGN_GUARD_QUESTIONS_PERDAY", "0"),
        entry("COUNTERSIGN_GUARD_QUESTIONS_DENIALS", "0"));
  }

  /** Starts the application in this process; {@code properties} are written {@code name=value}. */
  public Product startApplication(String... properties) {
    try {
      application = run(properties);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    return this;
  }

  /** Starts a further replica; whoever starts it closes it. */
  ConfigurableApplicationContext startReplica(String... properties) {
    return run(properties);
  }

  private ConfigurableApplicationContext run(String... properties) {
    List<String> arguments =
        new ArrayList<>(List.of("--server.port=0", "--management.server.port=0"));
    environment().forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.add("--countersign.ciba.starts-per-user-and-minute=" + STARTS);
    List.of(properties).forEach(property -> arguments.add("--" + property));
    return CountersignApplication.builder()
        .initializers((GenericApplicationContext context) -> {
          context.registerBean("overheardModel", ChatModel.class, this::overheardModel);
          context.registerBean(
              "spokenModel",
              StreamingChatModel.class,
              () -> new SpokenModel(overheardModel(), this::awaitWord));
        })
        .initializers(changes.toArray(ApplicationContextInitializer[]::new))
        .run(arguments.toArray(String[]::new));
  }

  /** Where the application in this process is. */
  public String base() {
    return base(application());
  }

  private static String base(ApplicationContext application) {
    return "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }

  /** The API of a replica for a user, with a token. */
  Api as(String user, ApplicationContext replica) {
    return new Api(base(replica), tenant.apiToken(user));
  }

  /** The running application. */
  ApplicationContext application() {
    if (application == null) {
      throw new IllegalStateException("The application has not been started");
    }
    return application;
  }

  /** The API for a user, with a token. */
  public Api as(String user) {
    return new Api(base(), tenant.apiToken(user));
  }

  Api anonymous() {
    return new Api(base(), null);
  }

  /** The phone of a user, pressed over HTTP. */
  public Phone phoneOf(String user) {
    return new Phone(new Api("http://localhost:" + tenant.port(), null), user);
  }

  /** What the shop has taken, oldest first, of one product. */
  public List<JsonNode> orders(String product) {
    return Api.elements(new Api(shop.url(), null).get("").body())
        .filter(order -> order.path("product").asText().equals(product))
        .toList();
  }

  /** Waits until a purchase stands so. */
  public static JsonNode awaitStatus(Api user, String purchaseId, String status) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> user.purchase(purchaseId),
            purchase -> purchase.path("status").asText().equals(status));
  }

  /** Waits until a purchase has ended, however it did. */
  public static JsonNode awaitEnd(Api user, String purchaseId) {
    return await()
        .atMost(PATIENCE)
        .until(() -> user.purchase(purchaseId), purchase -> purchase.hasNonNull("endedAt"));
  }

  /** Registered as an extension, it serves all tests of a class. */
  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Ends the application as an operator does, and leaves the services. */
  void stopApplication() {
    if (application != null) {
      application.close();
      application = null;
    }
  }

  /** Ends it all at once: the workers have nobody to whom they could hand over politely. */
  @Override
  public void close() {
    LoggingSystem.get(Product.class.getClassLoader()).setLogLevel("io.temporal", LogLevel.OFF);
    if (application != null) {
      application.getBean(CountersignTemporal.class).workers().shutdownNow();
    }
    temporal.killIfStartedHere();
    stopApplication();
    shop.close();
    tenant.close();
    temporal.close();
  }
}
