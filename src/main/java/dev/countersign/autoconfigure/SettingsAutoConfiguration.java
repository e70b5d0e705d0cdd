package dev.countersign.autoconfigure;

import dev.countersign.approval.ApprovalAttributes;
import dev.countersign.settings.BoundSettings;
import dev.countersign.settings.CheckedSettings;
import dev.countersign.settings.ConditionalOnCountersign;
import dev.countersign.settings.SettingsCheck;
import dev.countersign.temporal.PayloadSettings;
import dev.countersign.temporal.RequiredSearchAttributes;
import dev.countersign.temporal.TemporalSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Binds the settings, and checks all of them before anything else is made. */
@AutoConfiguration
@ConditionalOnCountersign
@EnableConfigurationProperties({
  OidcProperties.class,
  CibaProperties.class,
  ClientKeyProperties.class,
  TlsProperties.class,
  MessageProperties.class,
  MessageCodeProperties.class,
  ApprovalProperties.class,
  GuardProperties.class,
  QuestionProperties.class,
  ReAskProperties.class,
  KeysProperties.class,
  PlaintextProperties.class
})
public class SettingsAutoConfiguration {

  @Bean
  static SettingsCheck countersignSettingsCheck(Environment environment) {
    return new SettingsCheck(environment);
  }

  @Bean
  static CheckedSettings countersignCheckedSettings() {
    return new CheckedSettings(
        List.of(
            OidcProperties.class,
            ClockProperties.class,
            CibaProperties.class,
            ClientKeyProperties.class,
            TlsProperties.class,
            MessageProperties.class,
            MessageCodeProperties.class,
            ApprovalProperties.class,
            ReAskProperties.class,
            GuardProperties.class,
            QuestionProperties.class,
            KeysProperties.class,
            PlaintextProperties.class,
            TemporalSettings.class,
            PayloadSettings.class),
        List.of(
            "countersign.enabled",
            "countersign.tools", // which ToolSettings knows
            "countersign.version"), // a Maven property of many hosts, which Surefire hands to tests
        SettingsAutoConfiguration::faults);
  }

  private static List<String> faults(BoundSettings settings) {
    List<String> faults = new ArrayList<>(fit(settings).map(SettingsFit::faults).orElse(List.of()));
    settings
        .get(CibaProperties.class)
        .flatMap(ciba ->
            settings.get(MessageProperties.class).flatMap(message -> message.fault(ciba.profile())))
        .ifPresent(faults::add);
    settings
        .get(PlaintextProperties.class)
        .flatMap(plaintext ->
            settings
                .get(TemporalSettings.class)
                .filter(temporal -> !temporal.isSecure())
                .map(temporal ->
                    plaintext.faults(
                        "countersign.temporal.address (TEMPORAL_ADDRESS)",
                        temporal.host(),
                        "Set countersign.temporal.tls.enabled (COUNTERSIGN_TEMPORAL_TLS_ENABLED) to"
                            + " true")))
        .ifPresent(faults::addAll);
    return faults;
  }

  private static Optional<SettingsFit> fit(BoundSettings settings) {
    return settings
        .get(CibaProperties.class)
        .flatMap(ciba ->
            settings
                .get(ApprovalProperties.class)
                .flatMap(approval ->
                    settings
                        .get(ClientKeyProperties.class)
                        .flatMap(key ->
                            settings
                                .get(TlsProperties.class)
                                .map(tls ->
                                    new SettingsFit(
                                        ciba, approval, key, tls, clientSecret(ciba, settings))))));
  }

  /** The login's is read by itself: the record that has it may miss something else. */
  private static String clientSecret(CibaProperties ciba, BoundSettings settings) {
    return ciba.clientSecretOr(settings.property("countersign.oidc.client-secret"));
  }

  @Bean
  RequiredSearchAttributes countersignRequiredSearchAttributes() {
    return new RequiredSearchAttributes(ApprovalAttributes.ALL);
  }
}
