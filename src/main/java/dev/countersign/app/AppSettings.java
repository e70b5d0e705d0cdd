package dev.countersign.app;

import dev.countersign.app.api.ApiProperties;
import dev.countersign.app.chat.ChatProperties;
import dev.countersign.app.events.StreamProperties;
import dev.countersign.app.login.PageProperties;
import dev.countersign.app.login.SessionProperties;
import dev.countersign.app.purchase.AuthorizationDetailsProperties;
import dev.countersign.app.purchase.BindingMessageProperties;
import dev.countersign.app.purchase.ShopProperties;
import dev.countersign.autoconfigure.CibaProperties;
import dev.countersign.autoconfigure.MessageProperties;
import dev.countersign.settings.BoundSettings;
import dev.countersign.settings.CheckedSettings;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The settings that only the application has, checked with those of the library. */
@Configuration(proxyBeanMethods = false)
class AppSettings {

  @Bean
  static CheckedSettings applicationSettings() {
    return new CheckedSettings(
        List.of(
            ApiProperties.class,
            BindingMessageProperties.class,
            AuthorizationDetailsProperties.class,
            ShopProperties.class,
            SessionProperties.class,
            PageProperties.class,
            ChatProperties.class,
            StreamProperties.class),
        AppSettings::messageFaults);
  }

  private static List<String> messageFaults(BoundSettings settings) {
    return settings
        .get(CibaProperties.class)
        .flatMap(ciba ->
            settings.get(MessageProperties.class).map(message -> message.rules(ciba.profile())))
        .flatMap(allowed ->
            settings.get(BindingMessageProperties.class).flatMap(message -> message.fault(allowed)))
        .map(List::of)
        .orElse(List.of());
  }
}
