package dev.countersign.published;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.e2e.Api;
import dev.countersign.e2e.AppProcess;
import dev.countersign.e2e.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application as its image has it. */
@SuppressWarnings("NullAway.Init")
class PackedApplicationIT {
  @TempDir private static Path home;
  @TempDir private static Path temporary;
  private static ImageLayout image;
  private static List<Path> files;
  private static Product product;
  private static AppProcess app;

  @BeforeAll
  static void start() {
    image = ImageLayout.in(Path.of("target", "image"));
    files = image.files();
    product = new Product();
    app =
        AppProcess.launch(
                product,
                "packed",
                Map.of("OPENAI_BASE_URL", "http://127.0.0.1:9/v1"), // nobody talks here
                image.command(
                    "-Duser.home=" + home,
                    "-Djava.io.tmpdir=" + temporary,
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC"))
            .awaitReady();
  }

  @AfterAll
  static void stop() {
    app.close();
    product.close();
  }

  @Test
  void tellsWhatItConsistsOf() {
    Sbom.assumeBuilt();
    Api.Answer answer = app.management().get("/actuator/sbom/application");

    assertThat(answer.status()).isEqualTo(200);
    Sbom sbom = Sbom.parse(answer.text().getBytes(StandardCharsets.UTF_8));
    assertThat(sbom.components())
        .anyMatch(component ->
            component.startsWith("temporal-sdk-")
                && Files.exists(image.folder().resolve("lib").resolve(component + ".jar")));
    assertThat(app.as("alice").get("/actuator/sbom/application").status()).isEqualTo(403);
  }

  /** For a root file system that is read-only. */
  @Test
  void writesTemporaryFilesOnly() throws IOException {
    Api alice = app.as("alice");
    String id = alice.buy(2, "read-only pens");
    product.phoneOf("alice").approve("Do you want to buy 2 read-only pens");
    Product.awaitStatus(alice, id, "ORDERED");

    assertThat(app.directory()).isEmptyDirectory();
    assertThat(home).isEmptyDirectory();
    assertThat(image.files()).isEqualTo(files);
  }

  @Test
  void isHealthyByTheCheckOfItsImage() {
    assertThat(ImageLayout.isHealthy(app.managementPort())).isTrue();
    assertThat(ImageLayout.isHealthy(1)).isFalse();
  }
}
