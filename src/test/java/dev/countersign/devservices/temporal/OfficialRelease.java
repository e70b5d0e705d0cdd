package dev.countersign.devservices.temporal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Temporal's own release of the tool, pinned by its sum. */
final class OfficialRelease implements BinarySource {
  /** Where all releases are. */
  static final URI RELEASES = URI.create("https://github.com/temporalio/cli/releases/download/");

  private static final Duration CONNECT = Duration.ofSeconds(3); // no internet: on to the next
  private static final Duration DOWNLOAD = Duration.ofMinutes(5);

  private final Machine machine;
  private final CachedBinary cache;
  private final URI releases;

  OfficialRelease(Machine machine, CachedBinary cache, URI releases) {
    this.machine = machine;
    this.cache = cache;
    this.releases = releases;
  }

  @Override
  public Result look() {
    Optional<Platform> platform = machine.platform();
    Optional<String> sha256 = platform.flatMap(Platform::releaseSha256);
    if (platform.isEmpty() || sha256.isEmpty()) {
      return new Result.Missing("no official release is pinned for this platform");
    }
    try {
      Path binary = cache.workIn(work -> fetch(work, platform.get(), sha256.get()));
      return new Result.Found(binary, "the official release " + Platform.CLI_VERSION);
    } catch (IOException e) {
      return new Result.Missing("the official release can't be fetched (" + reason(e) + ")");
    }
  }

  private Path fetch(Path work, Platform platform, String sha256) throws IOException {
    machine.say("fetching Temporal's dev server, its official release (45 MB) …");
    Path archive = work.resolve(platform.releaseArchive());
    URI address = releases.resolve("v" + Platform.CLI_VERSION + "/" + platform.releaseArchive());
    download(address, archive);
    if (!Sha256.of(archive).equals(sha256)) {
      throw new IOException("its sha256 is not the pinned one");
    }
    Command.run(work, DOWNLOAD, _ -> {}, List.of("tar", "-xzf", archive.toString(), "temporal"));
    return cache.keep(work.resolve("temporal"));
  }

  private static void download(URI address, Path archive) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(DOWNLOAD).build();
    try (HttpClient http =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NORMAL).build()) {
      HttpResponse<Path> response = http.send(request, BodyHandlers.ofFile(archive));
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "no connection" : e.getMessage();
  }
}
