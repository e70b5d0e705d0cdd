package dev.countersign.app.api;

import dev.countersign.ForeignAutoConfiguration;
import dev.countersign.app.purchase.PurchaseRequest;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.ClockAutoConfiguration;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.autoconfigure.TlsProperties;
import dev.countersign.temporal.DurableStore;
import io.grpc.Status;
import jakarta.validation.Valid;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The edge of the application as it is, with a controller that only says what it was given. Neither
 * class is one that the application's own component scan finds.
 */
@ForeignAutoConfiguration
@ComponentScan("dev.countersign.app.api")
@Import({
  ClockAutoConfiguration.class,
  ProblemAdvice.class,
  JsonConfiguration.class,
  OutageInterceptor.class
})
@EnableConfigurationProperties({CibaProperties.class, TlsProperties.class})
public class TestApi {

  @Bean
  HttpClients httpClients(TlsProperties tls) {
    return HttpClients.of(tls);
  }

  @Bean
  AtomicBoolean temporalIsReachable() {
    return new AtomicBoolean(true);
  }

  @Bean
  DurableStore store(AtomicBoolean temporalIsReachable) {
    return temporalIsReachable::get;
  }

  @Bean
  Echo echo() {
    return new Echo();
  }

  record Whole(int count) {}

  /** Says what it was given; not static, for a static one would be scanned. */
  @RestController
  @SuppressWarnings("ClassCanBeStatic")
  class Echo {

    @GetMapping("/api/echo")
    Map<String, String> echo(Caller caller, IdempotencyKey key) {
      return Map.of("sub", caller.sub(), "key", key.value());
    }

    @GetMapping("/api/echo/claims")
    Map<String, Object> claims(Caller caller) {
      return caller.claims();
    }

    @PostMapping("/api/echo/purchases")
    PurchaseRequest purchase(@Valid @RequestBody PurchaseRequest request) {
      return request;
    }

    @PostMapping("/api/echo/whole")
    Whole whole(@RequestBody Whole whole) {
      return whole;
    }

    @GetMapping("/api/echo/page")
    int page(@RequestParam int page) {
      return page;
    }

    @GetMapping("/api/echo/outage")
    String outage() {
      throw new IllegalStateException(
          "wrapped", Status.UNAVAILABLE.withDescription("10.0.0.1").asRuntimeException());
    }

    @GetMapping("/api/echo/crowd")
    String crowd() {
      throw new IllegalStateException(
          "wrapped", Status.RESOURCE_EXHAUSTED.withDescription("10.0.0.1").asRuntimeException());
    }

    @GetMapping("/api/echo/bug")
    String bug() {
      throw new IllegalStateException("a secret detail");
    }
  }
}
