package dev.countersign.e2e;

import dev.countersign.ciba.AuthReqId;
import dev.countersign.ciba.AuthenticationAnswer;
import dev.countersign.ciba.AuthenticationRequest;
import dev.countersign.ciba.BackchannelClient;
import dev.countersign.ciba.GrantCheck;
import dev.countersign.ciba.TokenAnswer;
import dev.countersign.ciba.Tokens;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** An ear between the application and its identity provider: what secrets they exchange. */
final class Overheard implements BeanPostProcessor {
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  /** By their names. */
  Map<String, String> secrets() {
    return Map.copyOf(secrets);
  }

  private void hear(String name, @Nullable String secret) {
    if (secret != null) {
      secrets.put(name + " " + numbers.incrementAndGet(), secret);
    }
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof BackchannelClient client ? new Ear(client) : bean;
  }

  private final class Ear implements BackchannelClient {
    private final BackchannelClient client;

    private Ear(BackchannelClient client) {
      this.client = client;
    }

    @Override
    public AuthenticationAnswer authenticate(AuthenticationRequest request) {
      if (request.notificationToken() != null) {
        hear("notification token", request.notificationToken().value());
      }
      AuthenticationAnswer answer = client.authenticate(request);
      if (answer instanceof AuthenticationAnswer.Accepted accepted) {
        hear("auth_req_id", accepted.authReqId().value());
      }
      return answer;
    }

    @Override
    public TokenAnswer token(AuthReqId authReqId, @Nullable String audience) {
      TokenAnswer answer = client.token(authReqId, audience);
      if (answer instanceof TokenAnswer.Granted(var tokens)) {
        hear("access token", tokens.accessToken());
        hear("ID token", tokens.idToken());
      }
      return answer;
    }

    @Override
    public GrantCheck check(
        Tokens tokens, AuthenticationRequest asked, AuthReqId authReqId, Duration sinceAsked) {
      return client.check(tokens, asked, authReqId, sinceAsked);
    }
  }
}
