package dev.countersign.devservices.tenant;

import com.nimbusds.jose.jwk.RSAKey;
import dev.countersign.devservices.loopback.CallLog;
import dev.countersign.devservices.loopback.Faults;
import dev.countersign.devservices.loopback.JsonFiles;
import dev.countersign.devservices.loopback.LoopbackServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * A running identity tenant. Users {@code alice} and {@code bob} (subs {@code auth0|alice}, {@code
 * auth0|bob}) have a phone at {@code /phone?user=alice}; {@code carol} has none, and can be asked
 * by e-mail only: for longer than 300 s, on the same page. {@code olivia} has a phone, and is an
 * operator: her tokens and logins have {@value #OPERATOR_ROLE} in the claim {@value #ROLES_CLAIM}.
 */
public final class IdentityTenant implements AutoCloseable {
  /** The environment variable that moves the tenant's port. */
  public static final String PORT_SETTING = "TENANT_PORT";

  /** The claim that has the roles of whoever has any: a list. */
  public static final String ROLES_CLAIM = "roles";

  /** The role of an operator. */
  public static final String OPERATOR_ROLE = "countersign-operator";

  /** Not the app's: cookies of all ports of a host are one another's. */
  static final String SESSION_COOKIE = "TENANT_SESSION";

  static final String CLIENT_ID = "countersign-page";
  static final String CLIENT_SECRET = "countersign-dev-secret";
  private static final Map<String, String> ENDPOINTS =
      Map.of(
          "POST /bc-authorize", "bc-authorize",
          "POST /oauth/token", "token",
          "GET /.well-known/jwks.json", "jwks",
          "GET /.well-known/openid-configuration", "discovery");

  private final LoopbackServer server;
  private final GenericWebApplicationContext spring;
  private final TokenIssuer tokens;
  private final BackchannelRequests requests;
  private final Faults faults;
  private final TenantSettings settings;
  private final CallLog calls;
  private final Logouts logouts;

  private IdentityTenant(
      LoopbackServer server,
      GenericWebApplicationContext spring,
      TokenIssuer tokens,
      BackchannelRequests requests,
      Faults faults,
      TenantSettings settings,
      CallLog calls,
      Logouts logouts) {
    this.logouts = logouts;
    this.server = server;
    this.spring = spring;
    this.tokens = tokens;
    this.requests = requests;
    this.faults = faults;
    this.settings = settings;
    this.calls = calls;
  }

  /**
   * Returns when the tenant answers.
   *
   * @throws IllegalStateException if the port is taken; the message names it and {@value
   *     #PORT_SETTING}
   */
  public static IdentityTenant start(TenantSettings settings) {
    RSAKey key =
        SigningKey.loadOrMake(new JsonFiles<>(directory(settings, "key"), SigningKey.class));
    var requests =
        new BackchannelRequests(
            new JsonFiles<>(directory(settings, "requests"), BackchannelRequest.class),
            settings.interval(),
            settings.clock());
    var faults = new Faults(new HashSet<>(ENDPOINTS.values()));
    var calls = new CallLog(request -> subject(request, requests));
    var logouts = new Logouts();
    var spring = new GenericWebApplicationContext();
    LoopbackServer server =
        LoopbackServer.start(
            new LoopbackServer.Address("identity tenant", settings.port(), PORT_SETTING),
            faults,
            ENDPOINTS,
            calls,
            (servlets, port) -> {
              var configuration =
                  new TenantConfiguration(issuer(port), settings, key, requests, logouts);
              spring.registerBean(TenantConfiguration.class, () -> configuration);
              serve(spring, servlets);
            });
    var tokens = new TokenIssuer(key, issuer(server.port()), settings.clock());
    return new IdentityTenant(server, spring, tokens, requests, faults, settings, calls, logouts);
  }

  /** The issuer, with a slash at its end as Auth0's have: {@code http://localhost:9000/}. */
  public String issuer() {
    return issuer(port());
  }

  /** The port that the tenant listens on. */
  public int port() {
    return server.port();
  }

  /** The id of the one registered client, which may log users in and ask for approvals. */
  public String clientId() {
    return CLIENT_ID;
  }

  /** The client's secret, for {@code client_secret_post} and {@code client_secret_basic}. */
  public String clientSecret() {
    return CLIENT_SECRET;
  }

  /**
   * A token for the app's API, valid 24 hours, as {@code POST /dev/token?user=} gives it.
   *
   * @param user name or sub
   */
  public String apiToken(String user) {
    return tokens.apiToken(known(user), settings.apiAudience()).getTokenValue();
  }

  /**
   * A token for another API, valid 24 hours.
   *
   * @param user name or sub
   * @param more claims, that say what the user may do there
   */
  public String token(String user, String audience, Map<String, Object> more) {
    return tokens.token(known(user), audience, more).getTokenValue();
  }

  /**
   * A token as of {@link #apiToken}, but for what the change makes of it; signed all the same.
   *
   * @param user name or sub
   */
  public String token(String user, Consumer<JwtClaimsSet.Builder> change) {
    return tokens.apiToken(known(user), settings.apiAudience(), change).getTokenValue();
  }

  /** From now on, the application there is told of logouts, as of its back-channel logout URI. */
  public void tellsLogoutsTo(URI endpoint) {
    logouts.add(endpoint);
  }

  /**
   * Tells all applications that no session of a user's counts any more, as after an administrator
   * has ended them.
   *
   * @param user name or sub
   * @return the status of each answer, 0: there was none
   */
  public List<Integer> endSessionsOf(String user) {
    return logouts.tell(tokens, known(user).sub(), null);
  }

  /**
   * What rang a user's phone, newest first; its size is the number of pushes.
   *
   * @param user name or sub
   */
  public List<PhoneRequest> pushes(String user) {
    return requests.of(known(user));
  }

  /**
   * A user's phone.
   *
   * @param user name or sub
   */
  public Phone phone(String user) {
    return new Phone(this, known(user).login());
  }

  /**
   * The polls that reached the tenant, request by request, as {@code GET /dev/polls} gives them.
   */
  public List<PollLog> polls() {
    return requests.polls();
  }

  /**
   * The calls of the endpoints that can misbehave: requests for approval by their binding message,
   * polls by the {@link PhoneRequest}'s id.
   */
  public List<CallLog.Call> calls() {
    return calls.calls();
  }

  /**
   * Presses Approve on the phone.
   *
   * @param id of a {@link PhoneRequest}
   * @return false if it isn't pending any more, or unknown
   */
  public boolean approve(String id) {
    return requests.decide(id, BackchannelRequest.Decision.APPROVED)
        == BackchannelRequests.Decided.DONE;
  }

  /** From now on every request is approved as it comes. */
  public void approveAtOnce() {
    requests.decideAtOnce(BackchannelRequest.Decision.APPROVED);
  }

  /**
   * Presses Deny on the phone.
   *
   * @param id of a {@link PhoneRequest}
   * @return false if it isn't pending any more, or unknown
   */
  public boolean deny(String id) {
    return requests.decide(id, BackchannelRequest.Decision.DENIED)
        == BackchannelRequests.Decided.DONE;
  }

  /**
   * Misbehaviour on demand, of {@code bc-authorize}, {@code token}, {@code jwks}, {@code
   * discovery}.
   */
  public Faults faults() {
    return faults;
  }

  @Override
  public void close() {
    server.close();
    spring.close();
  }

  private static @Nullable String subject(
      HttpServletRequest request, BackchannelRequests requests) {
    String authReqId = request.getParameter("auth_req_id");
    return authReqId == null
        ? request.getParameter("binding_message")
        : requests.idOf(authReqId).orElse(null);
  }

  private static void serve(GenericWebApplicationContext spring, ServletContext servlets) {
    spring.setServletContext(servlets);
    AnnotationConfigUtils.registerAnnotationConfigProcessors(spring);
    spring.refresh();
    servlets.getSessionCookieConfig().setName(SESSION_COOKIE);
    servlets
        .addFilter("security", new DelegatingFilterProxy("springSecurityFilterChain", spring))
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    servlets.addServlet("dispatcher", new DispatcherServlet(spring)).addMapping("/");
  }

  private static String issuer(int port) {
    return "http://localhost:" + port + "/";
  }

  private static TenantUser known(String user) {
    return TenantUser.find(user)
        .orElseThrow(() -> new IllegalArgumentException("no such user: " + user));
  }

  private static @Nullable Path directory(TenantSettings settings, String name) {
    Path parent = settings.dataDirectory();
    return parent == null ? null : parent.resolve(name);
  }
}
