package dev.countersign.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** There is more than one application among the tests. */
class TestRunTest {
  @Test
  void runsTheApplicationWithItsDevelopmentServices() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains(
            "<spring-boot.run.main-class>%s</spring-boot.run.main-class>"
                .formatted(DevelopmentApplication.class.getName()));
  }
}
