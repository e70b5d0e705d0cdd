package dev.countersign.devservices.tenant;

import static org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.web.OAuth2ClientAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The beans of the tenant's own Spring context. Not annotated as a configuration, which the
 * application's scan would pick up: the tenant registers it by hand.
 */
@EnableWebMvc
@EnableWebSecurity
final class TenantConfiguration {
  private final String issuer;
  private final TenantSettings settings;
  private final RSAKey key;
  private final BackchannelRequests requests;
  private final TokenIssuer tokens;
  private final Logouts logouts;

  TenantConfiguration(
      String issuer,
      TenantSettings settings,
      RSAKey key,
      BackchannelRequests requests,
      Logouts logouts) {
    this.logouts = logouts;
    this.issuer = issuer;
    this.settings = settings;
    this.key = key;
    this.requests = requests;
    this.tokens = new TokenIssuer(key, issuer, settings.clock());
  }

  @Bean
  RouterFunction<ServerResponse> routes() {
    var reader = new BackchannelAskReader(issuer, settings.expiry());
    return new BackchannelEndpoint(reader, requests, settings.interval())
        .routes()
        .and(new TenantPages(settings.clientName()).routes())
        .and(new PhoneEndpoint(requests).routes())
        .and(new EndSession(key, tokens, logouts).routes())
        .and(new DevEndpoint(requests, tokens, settings.apiAudience()).routes());
  }

  @Bean
  SecurityFilterChain security(
      HttpSecurity http,
      RegisteredClientRepository clients,
      OAuth2AuthorizationService authorizations,
      PasswordEncoder passwords) {
    return http.oauth2AuthorizationServer(server ->
            server
                .authorizationEndpoint(
                    endpoint -> endpoint.authenticationProviders(this::allowEveryPort))
                .tokenEndpoint(endpoint ->
                    endpoint
                        .accessTokenRequestConverter(CibaGrant::read)
                        .authenticationProvider(new CibaGrantProvider(requests, tokens))
                        .errorResponseHandler(new TokenErrors()))
                .oidc(oidc ->
                    oidc.providerConfigurationEndpoint(endpoint ->
                        endpoint.providerConfigurationCustomizer(metadata ->
                            metadata
                                .endSessionEndpoint(issuer + EndSession.PATH.substring(1))
                                .claim("backchannel_logout_supported", true)
                                .claim("backchannel_logout_session_supported", true)
                                .claim(
                                    "backchannel_authentication_endpoint",
                                    issuer + BackchannelEndpoint.PATH.substring(1))
                                .claim(
                                    "backchannel_token_delivery_modes_supported", List.of("poll"))
                                // beyond Auth0's; no user has registered a code, so each one does
                                .claim("backchannel_user_code_parameter_supported", true)))))
        .addFilterBefore(
            clientAuthentication(clients, authorizations, passwords), AuthorizationFilter.class)
        .authorizeHttpRequests(paths ->
            paths
                .requestMatchers(
                    "/",
                    "/phone/**",
                    "/dev/**",
                    BackchannelEndpoint.PATH,
                    EndSession.PATH,
                    TenantPages.ASSETS + "**",
                    TenantPages.SIGNED_OUT)
                .permitAll()
                .anyRequest()
                .authenticated())
        .formLogin(form -> form.loginPage("/login").permitAll())
        .headers(headers ->
            headers.contentSecurityPolicy(
                csp -> csp.policyDirectives(TenantPages.CONTENT_SECURITY_POLICY)))
        .oauth2ResourceServer(resources -> resources.jwt(Customizer.withDefaults()))
        // the phone's buttons are for curl as well; disabled, the server's configurer adds it again
        .csrf(csrf -> csrf.ignoringRequestMatchers("/**"))
        .build();
  }

  @Bean
  AuthorizationServerSettings endpoints() {
    return AuthorizationServerSettings.builder()
        .issuer(issuer)
        .authorizationEndpoint("/authorize")
        .tokenEndpoint("/oauth/token")
        .jwkSetEndpoint("/.well-known/jwks.json")
        .oidcUserInfoEndpoint("/userinfo")
        .build();
  }

  @Bean
  RegisteredClientRepository clients() {
    return new InMemoryRegisteredClientRepository(
        RegisteredClient.withId(IdentityTenant.CLIENT_ID)
            .clientId(IdentityTenant.CLIENT_ID)
            .clientSecret(IdentityTenant.CLIENT_SECRET)
            .clientName(settings.clientName())
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .authorizationGrantType(CibaGrant.TYPE)
            .redirectUri("http://localhost:8080" + LoopbackRedirects.PATH)
            .scope(OidcScopes.OPENID)
            .scope(OidcScopes.PROFILE)
            .scope(OidcScopes.EMAIL)
            .clientSettings(ClientSettings.builder().requireAuthorizationConsent(false).build())
            .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(TokenIssuer.LIFE).build())
            .build());
  }

  @Bean
  OAuth2AuthorizationService authorizations() {
    return new InMemoryOAuth2AuthorizationService();
  }

  @Bean
  JWKSource<SecurityContext> keys() {
    return new ImmutableJWKSet<>(new JWKSet(key));
  }

  @Bean
  JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys) {
    return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
  }

  @Bean
  PasswordEncoder passwords() {
    return new PlainPasswords();
  }

  /** Logs in by name; the principal's name is the sub, which is what tokens then say. */
  @Bean
  UserDetailsService users() {
    return login ->
        TenantUser.find(login)
            .map(user -> User.withUsername(user.sub()).password(user.login()).build())
            .orElseThrow(() -> new UsernameNotFoundException(login));
  }

  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> profile() {
    return context -> {
      Authentication principal = context.getPrincipal();
      if (principal != null
          && OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
        TenantUser.bySub(principal.getName()).ifPresent(user -> say(context.getClaims(), user));
      }
    };
  }

  private static void say(JwtClaimsSet.Builder claims, TenantUser user) {
    claims
        .claim("name", user.displayName())
        .claim("nickname", user.login())
        .claim("preferred_username", user.login())
        .claim("email", user.email());
    if (!user.roles().isEmpty()) {
      claims.claim(IdentityTenant.ROLES_CLAIM, user.roles());
    }
  }

  private void allowEveryPort(List<AuthenticationProvider> providers) {
    for (AuthenticationProvider provider : providers) {
      if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider codes) {
        codes.setAuthenticationValidator(
            DEFAULT_SCOPE_VALIDATOR.andThen(LoopbackRedirects::validate));
      }
    }
  }

  /** The same client authentication for {@code /bc-authorize} as the token endpoint has. */
  private static OAuth2ClientAuthenticationFilter clientAuthentication(
      RegisteredClientRepository clients,
      OAuth2AuthorizationService authorizations,
      PasswordEncoder passwords) {
    var secrets = new ClientSecretAuthenticationProvider(clients, authorizations);
    secrets.setPasswordEncoder(passwords);
    return new OAuth2ClientAuthenticationFilter(
        new ProviderManager(secrets),
        PathPatternRequestMatcher.withDefaults()
            .matcher(HttpMethod.POST, BackchannelEndpoint.PATH));
  }
}
