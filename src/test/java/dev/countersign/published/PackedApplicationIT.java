package dev.countersign.published;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.e2e.Api;
import dev.countersign.e2e.AppProcess;
import dev.countersign.e2e.Product;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application as its image has it. */
@SuppressWarnings("NullAway.Init")
class PackedApplicationIT {
  private static final JsonMapper JSON = JsonMapper.shared();

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
                Map.of(
                    "OPENAI_BASE_URL", "http://127.0.0.1:9/v1", // nobody talks here
                    "LOGGING_STRUCTURED_FORMAT_CONSOLE", "logstash"),
                image.command(
                    "-XX:AOTMode=on", // it doesn't start without the cache
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

  @Test
  void saysInFewLinesHowItStarted() {
    List<String> lines = messages(app.written());
    List<String> start =
        lines.subList(0, lines.indexOf(only(lines, "Started CountersignApplication")) + 1);

    assertThat(start).hasSizeLessThan(10);
    assertThat(String.join("\n", start))
        .containsPattern("Starting CountersignApplication v\\d.*Java 25")
        .contains(
            "Temporal: " + product.temporal.target() + ", namespace default",
            "Approvals are asked for at " + product.tenant.issuer(),
            "Language model: gpt-5-mini (http://127.0.0.1:9/v1)",
            "Orders: to localhost");
    assertThat(only(lines, "Page and API"))
        .contains("port " + URI.create(app.base()).getPort(), "port " + app.managementPort());
  }

  private static String only(List<String> messages, String words) {
    return messages.stream().filter(line -> line.contains(words)).findFirst().orElseThrow();
  }

  private static List<String> messages(List<String> written) {
    return written.stream().map(line -> json(line).path("message").asString()).toList();
  }

  private static JsonNode json(String line) {
    return JSON.readTree(line);
  }

  @Test
  void linesNameTheCallTheyAreAbout() {
    Api alice = app.as("alice");
    String id = alice.buy(1, "ledger");
    product.phoneOf("alice").approve("Do you want to buy 1 ledger");
    Product.awaitStatus(alice, id, "ORDERED");

    assertThat(app.written().stream().map(PackedApplicationIT::json))
        .filteredOn(
            line -> line.path("message").asString().matches("Approved after .*|Ended as .*"))
        .filteredOn(line -> line.path("WorkflowId").asString().equals(id))
        .hasSize(2);
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

  /** Java takes machine code in it for right on any processor, which then may lack instructions. */
  @Test
  void itsCacheHasNoMachineCode() throws IOException {
    assertThat(saidWithoutSettings("-XX:+AOTAdapterCaching", "-Xlog:aot+codecache*=debug"))
        .contains("COUNTERSIGN_KEYS")
        .doesNotContain("AOT code entries");
  }

  /** One that can't be used, since it isn't there or is another Java's, costs a line and time. */
  @Test
  void startsWithoutItsCacheToo() throws IOException {
    assertThat(saidWithoutSettings("-XX:AOTCache=" + temporary.resolve("none.aot")))
        .contains("COUNTERSIGN_KEYS"); // which isn't set
  }

  /** By a start that ends as it finds no settings. */
  private static String saidWithoutSettings(String... options) throws IOException {
    Process process =
        new ProcessBuilder(image.command(options))
            .directory(temporary.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).isEqualTo(1);
    return said;
  }
}
