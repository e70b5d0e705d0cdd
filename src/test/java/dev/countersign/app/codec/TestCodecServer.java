package dev.countersign.app.codec;

import dev.countersign.ForeignAutoConfiguration;
import dev.countersign.app.api.ProblemAdvice;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.ClockAutoConfiguration;
import dev.countersign.autoconfigure.HttpClients;
import dev.countersign.autoconfigure.TlsProperties;
import dev.countersign.guard.UserDigest;
import dev.countersign.payload.PayloadSeal;
import dev.countersign.temporal.DurableStore;
import dev.countersign.temporal.PayloadSettings;
import dev.countersign.temporal.TemporalSettings;
import dev.countersign.vault.Vault;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** The codec server as it is, with the application's edge around it and nothing behind it. */
@ForeignAutoConfiguration
@ComponentScan({"dev.countersign.app.api", "dev.countersign.app.edge"})
@Import({
  ClockAutoConfiguration.class,
  ProblemAdvice.class,
  CodecServerConfiguration.class,
  CodecController.class
})
@EnableConfigurationProperties({
  CibaProperties.class,
  TlsProperties.class,
  TemporalSettings.class,
  PayloadSettings.class
})
public class TestCodecServer {
  static final String KEYS = "k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

  @Bean
  HttpClients httpClients(TlsProperties tls) {
    return HttpClients.of(tls);
  }

  @Bean
  PayloadSeal seal() {
    return new PayloadSeal(Vault.withKeys(KEYS), "shop");
  }

  @Bean
  UserDigest users() {
    return new UserDigest(new byte[32]);
  }

  @Bean
  DurableStore store() {
    return () -> true;
  }
}
