package dev.countersign.app.trace;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * The environment variables of OpenTelemetry's SDK, as far as they concern traces, and what Spring
 * Boot calls the same. Without an address there are none: nothing is made, nor sent. Boot knows
 * most of these variables too, but not in {@code .env}, and not what is wrong with one.
 *
 * @param properties of Spring Boot
 * @param faults a sentence for each variable that isn't what it may be
 */
public record TraceVariables(Map<String, Object> properties, List<String> faults) {
  /** In the order in which they are documented. */
  public static final List<String> NAMES =
      List.of(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          "OTEL_TRACES_EXPORTER",
          "OTEL_SDK_DISABLED",
          "OTEL_EXPORTER_OTLP_PROTOCOL",
          "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
          "OTEL_EXPORTER_OTLP_HEADERS",
          "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
          "OTEL_EXPORTER_OTLP_TIMEOUT",
          "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
          "OTEL_EXPORTER_OTLP_COMPRESSION",
          "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION",
          "OTEL_EXPORTER_OTLP_CERTIFICATE",
          "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
          "OTEL_SERVICE_NAME",
          "OTEL_RESOURCE_ATTRIBUTES",
          "OTEL_TRACES_SAMPLER",
          "OTEL_TRACES_SAMPLER_ARG",
          "OTEL_BSP_SCHEDULE_DELAY",
          "OTEL_BSP_EXPORT_TIMEOUT",
          "OTEL_BSP_MAX_QUEUE_SIZE",
          "OTEL_BSP_MAX_EXPORT_BATCH_SIZE");

  /** Where the exporter sends traces to; there are traces where it is set. */
  static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

  private static final String OTLP = "management.opentelemetry.tracing.export.otlp.";
  private static final String BATCHES = "management.opentelemetry.tracing.export.";
  private static final String ATTRIBUTES = "management.opentelemetry.resource-attributes.";
  private static final String SAMPLER = "management.opentelemetry.tracing.sampler";
  private static final String TRUST = "opentelemetry-traces";

  /** What {@code application.yaml} leaves out; all that makes traces if this isn't set. */
  private static final String WITHOUT = "traces.without";

  /** Logs are not sent, though they would go to the same address. */
  private static final String NO_LOGS =
      "org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration,"
          + "org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration";

  public TraceVariables {
    properties = Map.copyOf(properties);
    faults = List.copyOf(faults);
  }

  /** What the variables say, each null where it isn't set. */
  public static TraceVariables of(Function<String, @Nullable String> variables) {
    Reading reading = new Reading(variables);
    reading.read();
    return new TraceVariables(reading.properties, reading.faults);
  }

  /** One reading of all of them. */
  private static final class Reading {
    private final Function<String, @Nullable String> variables;
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    private Reading(Function<String, @Nullable String> variables) {
      this.variables = variables;
    }

    private void read() {
      if (!areWanted()) {
        return;
      }
      properties.put(WITHOUT, NO_LOGS);
      properties.put("management.observations.enable.spring.security", "false");
      boolean grpc = "grpc".equals(protocol());
      address(grpc);
      any("HEADERS", (name, value) -> pairs(name, value, OTLP + "headers."));
      any("TIMEOUT", (name, value) -> milliseconds(name, value, OTLP + "timeout"));
      any("COMPRESSION", this::compression);
      any("CERTIFICATE", this::certificate);
      one("OTEL_RESOURCE_ATTRIBUTES", (name, value) -> pairs(name, value, ATTRIBUTES));
      one("OTEL_SERVICE_NAME", (_, value) -> properties.put(ATTRIBUTES + "[service.name]", value));
      sampler();
      one("OTEL_BSP_SCHEDULE_DELAY", (n, v) -> milliseconds(n, v, BATCHES + "schedule-delay"));
      one("OTEL_BSP_EXPORT_TIMEOUT", (n, v) -> milliseconds(n, v, BATCHES + "timeout"));
      one("OTEL_BSP_MAX_QUEUE_SIZE", (n, v) -> count(n, v, BATCHES + "max-queue-size"));
      one("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", (n, v) -> count(n, v, BATCHES + "max-batch-size"));
    }

    private boolean areWanted() {
      String exporter = variables.apply("OTEL_TRACES_EXPORTER");
      if (exporter != null && !exporter.equals("otlp") && !exporter.equals("none")) {
        faults.add("OTEL_TRACES_EXPORTER must be otlp or none, but is \"%s\".".formatted(exporter));
      }
      String disabled = variables.apply("OTEL_SDK_DISABLED");
      if (disabled != null && !disabled.toLowerCase(Locale.ROOT).matches("true|false")) {
        faults.add("OTEL_SDK_DISABLED must be true or false, but is \"%s\".".formatted(disabled));
      }
      boolean named =
          variables.apply(general("ENDPOINT")) != null || variables.apply(own("ENDPOINT")) != null;
      return (named || "otlp".equals(exporter) || variables.apply(ENDPOINT) != null)
          && !"none".equals(exporter)
          && !"true".equalsIgnoreCase(disabled);
    }

    private @Nullable String protocol() {
      String[] found = {null};
      any(
          "PROTOCOL",
          (name, value) -> {
            if (value.equals("grpc") || value.equals("http/protobuf")) {
              found[0] = value;
            } else {
              faults.add("%s must be http/protobuf or grpc, but is \"%s\".".formatted(name, value));
            }
          });
      if ("grpc".equals(found[0])) {
        properties.put(OTLP + "transport", "grpc");
      }
      return found[0];
    }

    private void address(boolean grpc) {
      String traces = variables.apply(own("ENDPOINT"));
      String all = variables.apply(general("ENDPOINT"));
      if (traces != null) {
        address(own("ENDPOINT"), traces, "");
      } else if (all != null) {
        address(general("ENDPOINT"), all, grpc ? "" : "v1/traces");
      } else if (variables.apply(ENDPOINT) == null) {
        properties.put(
            ENDPOINT, grpc ? "http://localhost:4317" : "http://localhost:4318/v1/traces");
      }
    }

    private void address(String name, String value, String path) {
      if (!isWebAddress(value)) {
        faults.add("%s must be an http or https URL.".formatted(name)); // it may have a password
        return;
      }
      String base = path.isEmpty() || value.endsWith("/") ? value : value + "/";
      properties.put(ENDPOINT, base + path);
    }

    private static boolean isWebAddress(String value) {
      try {
        URI address = new URI(value);
        return String.valueOf(address.getScheme()).matches("https?")
            && address.getHost() != null
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
      } catch (URISyntaxException e) {
        return false;
      }
    }

    /** {@code name=value,name=value}, percent-encoded; a value may be a secret. */
    private void pairs(String variable, String value, String prefix) {
      for (String pair : value.split(",", -1)) {
        if (pair.isBlank()) {
          continue;
        }
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        try {
          String decoded =
              URLDecoder.decode(
                  pair.substring(equals + 1).strip().replace("+", "%2B"), StandardCharsets.UTF_8);
          if (!name.matches("[A-Za-z0-9._-]+") || !decoded.matches("\\P{Cntrl}*")) {
            throw new IllegalArgumentException(name);
          }
          properties.put(prefix + "[" + name + "]", decoded);
        } catch (IllegalArgumentException e) {
          faults.add(
              "%s must be name=value pairs with commas between them, with %%20 and the like for"
                      .formatted(variable)
                  + " other characters.");
          return;
        }
      }
    }

    private void milliseconds(String variable, String value, String property) {
      if (isCount(value)) {
        properties.put(property, value + "ms");
      } else {
        faults.add(
            "%s must be a whole number of milliseconds, but is \"%s\".".formatted(variable, value));
      }
    }

    private void count(String variable, String value, String property) {
      if (isCount(value)) {
        properties.put(property, value);
      } else {
        faults.add("%s must be a whole number above 0, but is \"%s\".".formatted(variable, value));
      }
    }

    private static boolean isCount(String value) {
      return value.matches("[1-9][0-9]{0,8}");
    }

    private void compression(String variable, String value) {
      if (value.equals("gzip") || value.equals("none")) {
        properties.put(OTLP + "compression", value);
      } else {
        faults.add("%s must be gzip or none, but is \"%s\".".formatted(variable, value));
      }
    }

    private void certificate(String variable, String file) {
      String location = "file:" + file;
      try {
        new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(location)).getTrustStore();
      } catch (RuntimeException e) {
        faults.add(
            "%s must be a PEM file with certificates, but \"%s\" can't be read as one."
                .formatted(variable, file));
        return;
      }
      properties.put("spring.ssl.bundle.pem." + TRUST + ".truststore.certificate", location);
      properties.put(OTLP + "ssl.bundle", TRUST);
    }

    /** Recorded is everything, as OpenTelemetry has it, unless something else is said. */
    private void sampler() {
      String sampler = variables.apply("OTEL_TRACES_SAMPLER");
      String known =
          switch (sampler) {
            case null -> "parent-based-always-on";
            case "always_on" -> "always-on";
            case "always_off" -> "always-off";
            case "traceidratio" -> "trace-id-ratio";
            case "parentbased_always_on" -> "parent-based-always-on";
            case "parentbased_always_off" -> "parent-based-always-off";
            case "parentbased_traceidratio" -> "parent-based-trace-id-ratio";
            default -> null;
          };
      if (known == null) {
        faults.add(
            ("OTEL_TRACES_SAMPLER must be always_on, always_off, traceidratio,"
                    + " parentbased_always_on, parentbased_always_off or parentbased_traceidratio,"
                    + " but is \"%s\".")
                .formatted(sampler));
        return;
      }
      properties.put(SAMPLER, known);
      String share = variables.apply("OTEL_TRACES_SAMPLER_ARG");
      if (share != null && !share.matches("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?")) {
        faults.add("OTEL_TRACES_SAMPLER_ARG must be from 0 to 1, but is \"%s\".".formatted(share));
      } else {
        properties.put("management.tracing.sampling.probability", share == null ? "1" : share);
      }
    }

    /** Of two variables, the one for traces counts. */
    private void any(String ending, BiConsumer<String, String> reader) {
      String name = variables.apply(own(ending)) == null ? general(ending) : own(ending);
      one(name, reader);
    }

    private void one(String name, BiConsumer<String, String> reader) {
      String value = variables.apply(name);
      if (value != null) {
        reader.accept(name, value);
      }
    }

    private static String general(String ending) {
      return "OTEL_EXPORTER_OTLP_" + ending;
    }

    private static String own(String ending) {
      return "OTEL_EXPORTER_OTLP_TRACES_" + ending;
    }
  }
}
