package dev.countersign.app.login;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.RefusalLimit;
import dev.countersign.app.api.SignOutListener;
import dev.countersign.app.api.TestApi;
import dev.countersign.app.signout.SharedSignOuts;
import dev.countersign.app.signout.SignOuts;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.ClientKeyProperties;
import dev.countersign.autoconfigure.GuardProperties;
import dev.countersign.autoconfigure.KeysProperties;
import dev.countersign.autoconfigure.OidcProperties;
import dev.countersign.ciba.LoginHintTemplate;
import dev.countersign.guard.UserDigest;
import dev.countersign.vault.Vault;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The edge of the application with its login, and a controller that only says what it was given.
 * Not one that the application's own component scan finds.
 */
@ComponentScan("dev.countersign.app.login")
@Import({TestApi.class, LoginClientConfiguration.class})
@EnableConfigurationProperties({
  ClientKeyProperties.class,
  GuardProperties.class,
  KeysProperties.class
})
class LoginApi {

  @Bean
  LoginHintTemplate loginHintTemplate(CibaProperties ciba, OidcProperties oidc) {
    return new LoginHintTemplate(ciba.settings().loginHint(), oidc.issuer().toString());
  }

  @Bean
  Vault vault(KeysProperties keys) {
    return keys.vault();
  }

  @Bean
  UserDigest userDigest(GuardProperties guard) {
    return guard.userDigest();
  }

  @Bean
  SharedSignOuts sharedSignOuts() {
    return new SharedSignOuts();
  }

  @Bean
  SignOuts signOuts(SharedSignOuts shared) {
    return new SignOuts(shared, Clock.systemUTC());
  }

  @Bean
  SignOutListener nobodyWhoMinds() {
    return _ -> {};
  }

  @Bean
  RefusalLimit noLimit() {
    return _ -> Optional.empty();
  }

  @Bean
  Later later() {
    return new Later();
  }

  /** Answers after its thread has gone, as event streams do. */
  @RestController
  @SuppressWarnings("ClassCanBeStatic") // a static one would be scanned
  class Later {

    @GetMapping("/api/later")
    CompletableFuture<String> later(Caller caller) {
      return CompletableFuture.supplyAsync(caller::sub);
    }
  }
}
