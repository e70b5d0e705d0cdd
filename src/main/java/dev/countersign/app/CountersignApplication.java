package dev.countersign.app;

import dev.countersign.app.log.EscapedText;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts Countersign: the API, the Temporal workers and the chat. */
@SpringBootApplication
public class CountersignApplication {
  /** Starts it with the settings of the environment and of {@code .env}. */
  public static void main(String[] args) {
    builder().run(args);
  }

  /** The application, which knows the environment variables of {@code docs/settings.md}. */
  public static SpringApplicationBuilder builder() {
    EscapedText.inLogs();
    return new SpringApplicationBuilder(CountersignApplication.class)
        .bannerMode(Banner.Mode.OFF)
        .properties(
            "logging.exception-conversion-word=%" + EscapedText.EXCEPTION,
            "logging.pattern.correlation=%" + EscapedText.WORKFLOW,
            "management.opentelemetry.map-environment-variables=false") // TraceVariables does
        .listeners(new EnvironmentVariables());
  }
}
