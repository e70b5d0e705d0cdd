package dev.countersign.app.trace;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TraceVariablesTest {
  private static final String ADDRESS = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String COLLECTOR = "http://collector:4318";
  private static final String EXPORT = "management.opentelemetry.tracing.export.";

  private static TraceVariables of(Map<String, String> variables) {
    return TraceVariables.of(variables::get);
  }

  @ParameterizedTest
  @MethodSource
  void thereAreNoneUnlessTheyAreWanted(Map<String, String> variables) {
    assertThat(of(variables).properties()).isEmpty();
    assertThat(of(variables).faults()).isEmpty();
  }

  static Stream<Map<String, String>> thereAreNoneUnlessTheyAreWanted() {
    return Stream.of(
        Map.of(),
        Map.of("OTEL_SERVICE_NAME", "shop", "OTEL_TRACES_SAMPLER", "always_on"),
        Map.of(ADDRESS, COLLECTOR, "OTEL_SDK_DISABLED", "true"),
        Map.of(ADDRESS, COLLECTOR, "OTEL_TRACES_EXPORTER", "none"));
  }

  @Test
  void anAddressIsEnough() {
    assertThat(of(Map.of(ADDRESS, COLLECTOR)).properties())
        .containsEntry(EXPORT + "otlp.endpoint", COLLECTOR + "/v1/traces")
        .containsEntry("management.opentelemetry.tracing.sampler", "parent-based-always-on");
  }

  @ParameterizedTest
  @CsvSource({
    "http://collector:4318/, , http://collector:4318/v1/traces",
    "https://collector/otlp, , https://collector/otlp/v1/traces",
    "http://collector:4318, http://traces:4318/here, http://traces:4318/here",
    ", https://traces/, https://traces/"
  })
  void theAddressOfTracesIsTakenAsItIs(String all, String traces, String address) {
    TraceVariables read =
        TraceVariables.of(name ->
            switch (name) {
              case ADDRESS -> all;
              case "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" -> traces;
              default -> null;
            });
    assertThat(read.properties()).containsEntry(EXPORT + "otlp.endpoint", address);
  }

  @Test
  void anExporterHasTheUsualAddress() {
    assertThat(of(Map.of("OTEL_TRACES_EXPORTER", "otlp")).properties())
        .containsEntry(EXPORT + "otlp.endpoint", "http://localhost:4318/v1/traces");
    assertThat(
            of(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))
                .properties())
        .containsEntry(EXPORT + "otlp.endpoint", "http://localhost:4317")
        .containsEntry(EXPORT + "otlp.transport", "grpc");
  }

  @Test
  void everyVariableGetsItsProperty(@TempDir Path directory) throws IOException {
    Path authority =
        Files.writeString(
            directory.resolve("ca.pem"),
            new HeldCertificate.Builder().certificateAuthority(0).build().certificatePem());
    TraceVariables all =
        of(
            Map.ofEntries(
                entry(ADDRESS, COLLECTOR),
                entry("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Basic%20abc%3D, x-team = a"),
                entry("OTEL_EXPORTER_OTLP_TIMEOUT", "1000"),
                entry("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2000"),
                entry("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
                entry("OTEL_EXPORTER_OTLP_CERTIFICATE", authority.toString()),
                entry(
                    "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=live,service.name=x"),
                entry("OTEL_SERVICE_NAME", "shop"),
                entry("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
                entry("OTEL_TRACES_SAMPLER_ARG", "0.25"),
                entry("OTEL_BSP_SCHEDULE_DELAY", "300"),
                entry("OTEL_BSP_EXPORT_TIMEOUT", "400"),
                entry("OTEL_BSP_MAX_QUEUE_SIZE", "500"),
                entry("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "50")));

    assertThat(all.faults()).isEmpty();
    assertThat(all.properties())
        .containsEntry(EXPORT + "otlp.headers.[authorization]", "Basic abc=")
        .containsEntry(EXPORT + "otlp.headers.[x-team]", "a")
        .containsEntry(EXPORT + "otlp.timeout", "2000ms")
        .containsEntry(EXPORT + "otlp.compression", "gzip")
        .containsEntry(EXPORT + "otlp.ssl.bundle", "opentelemetry-traces")
        .containsEntry(
            "spring.ssl.bundle.pem.opentelemetry-traces.truststore.certificate",
            "file:" + authority)
        .containsEntry(
            "management.opentelemetry.resource-attributes.[deployment.environment.name]", "live")
        .containsEntry("management.opentelemetry.resource-attributes.[service.name]", "shop")
        .containsEntry("management.opentelemetry.tracing.sampler", "parent-based-trace-id-ratio")
        .containsEntry("management.tracing.sampling.probability", "0.25")
        .containsEntry(EXPORT + "schedule-delay", "300ms")
        .containsEntry(EXPORT + "timeout", "400ms")
        .containsEntry(EXPORT + "max-queue-size", "500")
        .containsEntry(EXPORT + "max-batch-size", "50");
  }

  @ParameterizedTest
  @MethodSource
  void aWrongValueIsNamed(String variable, String value, String sentence) {
    Map<String, String> variables =
        variable.equals(ADDRESS)
            ? Map.of(variable, value)
            : Map.of(ADDRESS, COLLECTOR, variable, value);
    assertThat(of(variables).faults()).singleElement().asString().contains(variable, sentence);
  }

  static Stream<Arguments> aWrongValueIsNamed() {
    return Stream.of(
        Arguments.of(ADDRESS, "collector:4318", "must be an http or https URL"),
        Arguments.of(ADDRESS, "http://", "must be an http or https URL"),
        Arguments.of(ADDRESS, "http://a/?b=c", "must be an http or https URL"),
        Arguments.of("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "http/protobuf or grpc"),
        Arguments.of("OTEL_EXPORTER_OTLP_HEADERS", "hush", "name=value pairs"),
        Arguments.of("OTEL_EXPORTER_OTLP_HEADERS", "key=%zz", "name=value pairs"),
        Arguments.of("OTEL_EXPORTER_OTLP_HEADERS", "key=a%0Ab", "name=value pairs"),
        Arguments.of("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "10s", "whole number of milliseconds"),
        Arguments.of("OTEL_EXPORTER_OTLP_COMPRESSION", "zip", "gzip or none"),
        Arguments.of("OTEL_EXPORTER_OTLP_CERTIFICATE", "none.pem", "a PEM file"),
        Arguments.of("OTEL_EXPORTER_OTLP_CERTIFICATE", "pom.xml", "a PEM file"),
        Arguments.of("OTEL_TRACES_EXPORTER", "zipkin", "otlp or none"),
        Arguments.of("OTEL_SDK_DISABLED", "yes", "true or false"),
        Arguments.of("OTEL_TRACES_SAMPLER", "sometimes", "always_on, always_off"),
        Arguments.of("OTEL_TRACES_SAMPLER_ARG", "25%", "from 0 to 1"),
        Arguments.of("OTEL_BSP_MAX_QUEUE_SIZE", "0", "whole number above 0"));
  }

  @Test
  void saysNoHeaderThatMayBeASecret() {
    assertThat(of(Map.of(ADDRESS, COLLECTOR, "OTEL_EXPORTER_OTLP_HEADERS", "key hush")).faults())
        .noneMatch(sentence -> sentence.contains("hush"));
  }
}
