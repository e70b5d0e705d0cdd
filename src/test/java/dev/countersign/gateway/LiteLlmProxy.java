package dev.countersign.gateway;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.devservices.loopback.FreePort;
import dev.countersign.python.PythonCommand;
import dev.countersign.python.PythonPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.TerminalFailureException;

/**
 * LiteLLM's proxy as a process on loopback, with a list of models and a master key, and no
 * database. It calls nobody but its models' servers. It writes to {@code target/litellm/proxy.log}.
 */
final class LiteLlmProxy implements AutoCloseable {
  /** Its master key. */
  static final String KEY = "sk-gateway-master";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path HOME = Path.of("target", "litellm").toAbsolutePath();
  private static final Path LOG = HOME.resolve("proxy.log");
  private static final Duration START = Duration.ofMinutes(4); // 18 to 58 s were seen
  private static final Duration END = Duration.ofSeconds(20);
  private static final Set<String> KEPT = Set.of("PATH", "LANG", "TMPDIR");

  /** Nobody listens there. */
  private static final String NOBODY = "http://127.0.0.1:1";

  private final Process process;
  private final int port;

  private LiteLlmProxy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Returns when it takes requests; where it crashes as it starts, it is started once more. */
  static LiteLlmProxy start(List<LiteLlmModel> models) {
    LiteLlmProxy proxy = process(models);
    try {
      proxy.awaitStart();
      return proxy;
    } catch (TerminalFailureException e) {
      if (!proxy.hasCrashed()) {
        throw e;
      }
      System.out.println(proxy.end() + "; started again");
    }
    LiteLlmProxy another = process(models);
    another.awaitStart();
    return another;
  }

  private static LiteLlmProxy process(List<LiteLlmModel> models) {
    Path packages =
        PythonPackages.ofTheBuild(
                "LiteLLM's proxy (730 MB)", "litellm[proxy]", "litellm", "gateway")
            .installed();
    int port = FreePort.next();
    try {
      Files.createDirectories(HOME);
      Path config = HOME.resolve("config.yaml");
      Files.writeString(config, config(models).toPrettyString()); // JSON is YAML
      var proxy = new LiteLlmProxy(process(packages, config, port).start(), port);
      Runtime.getRuntime().addShutdownHook(new Thread(proxy::kill));
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode config(List<LiteLlmModel> models) {
    ObjectNode config = JSON.createObjectNode();
    for (LiteLlmModel model : models) {
      config
          .withArray("model_list")
          .addObject()
          .put("model_name", model.name())
          .set("litellm_params", JSON.valueToTree(model.parameters()));
    }
    config.putObject("general_settings").put("master_key", KEY);
    config.putObject("litellm_settings").put("telemetry", false);
    config.putObject("router_settings").put("num_retries", 0); // the chat asks again itself
    return config;
  }

  private static ProcessBuilder process(Path packages, Path config, int port) {
    var builder =
        new ProcessBuilder(
                PythonCommand.PYTHON,
                "-m",
                "litellm.proxy.proxy_cli",
                "--config",
                config.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--telemetry",
                "False")
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(KEPT);
    environment.put("HOME", HOME.toString());
    environment.put("PYTHONPATH", packages.toString());
    environment.put("PYTHONNOUSERSITE", "1");
    environment.put("PYTHONFAULTHANDLER", "1"); // says in the log where it crashed
    environment.put("LITELLM_MODE", "PRODUCTION"); // reads no .env
    environment.put("LITELLM_LOCAL_MODEL_COST_MAP", "True"); // fetches no prices
    environment.put("DISABLE_ADMIN_UI", "True");
    environment.put("HF_HUB_OFFLINE", "1");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("HTTP_PROXY", NOBODY);
    environment.put("HTTPS_PROXY", NOBODY);
    environment.put("NO_PROXY", "127.0.0.1,localhost");
    return builder;
  }

  private void awaitStart() {
    HttpRequest health =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/liveliness"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      await("LiteLLM's proxy, see " + LOG)
          .atMost(START)
          .pollInterval(Duration.ofMillis(250))
          .failFast("LiteLLM's proxy ended, see " + LOG, () -> !process.isAlive())
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () -> http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** What {@code OPENAI_BASE_URL} would be. */
  String url() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  /** Whether it has ended by no fault of its own. */
  boolean hasCrashed() {
    return !process.isAlive() && PythonCommand.isCrash(process.exitValue());
  }

  /** How it has ended, for people. */
  String end() {
    return "LiteLLM's proxy ended with " + process.exitValue() + ", see " + LOG;
  }

  private void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    kill();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "LiteLLM's proxy, process " + process.pid() + ", doesn't end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
