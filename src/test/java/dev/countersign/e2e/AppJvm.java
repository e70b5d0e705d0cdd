package dev.countersign.e2e;

import dev.countersign.devservices.DevelopmentApplication;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The JVM of an application that is a process of its own: its class path consists of jars, and its
 * classes come out of a cache, which halves the time and the work of a start. The first test that
 * needs them makes both, once a build, in {@code target/e2e/jvm}.
 */
public final class AppJvm {
  private static final Path FOLDER = Path.of("target", "e2e", "jvm").toAbsolutePath();
  private static final Path LOCK = FOLDER.resolveSibling("jvm.lock");
  private static final Path STAMP = FOLDER.resolve("stamp");
  private static final Path CACHE = FOLDER.resolve("classes.aot");
  private static final Duration WRITING = Duration.ofMinutes(3); // 15 s on an idle machine
  private static final String PRODUCT = "ticket";

  /** Options by which it takes less of the machine than a user's does. */
  static final List<String> FRUGAL =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

  private static @Nullable List<String> command;

  private AppJvm() {}

  /** The command that starts the application. */
  public static synchronized List<String> command() {
    if (command == null) {
      command = prepared();
    }
    return command;
  }

  /** One JVM of a build prepares, and the others wait for it. */
  private static List<String> prepared() {
    try {
      Files.createDirectories(LOCK.getParent());
      try (FileChannel file =
              FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = file.lock()) {
        return prepare();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> prepare() throws IOException {
    List<Path> entries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .toList();
    String stamp = stamp(entries);
    boolean isPrepared = Files.exists(STAMP) && Files.readString(STAMP).equals(stamp);
    if (!isPrepared) {
      FileSystemUtils.deleteRecursively(FOLDER);
      Files.createDirectories(FOLDER);
    }
    List<String> jars = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        Path jar = FOLDER.resolve(jars.size() + ".jar");
        if (!isPrepared) {
          pack(entry, jar);
        }
        jars.add(jar.toString());
      } else {
        jars.add(entry.toString());
      }
    }
    String classPath = String.join(File.pathSeparator, jars);
    if (!isPrepared) {
      train(command("-XX:AOTCacheOutput=" + CACHE, classPath));
      Files.writeString(STAMP, stamp);
    }
    return command("-XX:AOTCache=" + CACHE, classPath);
  }

  /** Changes with whatever the jars and the cache are made of. */
  private static String stamp(List<Path> entries) throws IOException {
    StringBuilder stamp = new StringBuilder(Runtime.version().toString());
    for (Path entry : entries) {
      try (Stream<Path> files = Files.walk(entry)) {
        files
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(file ->
                stamp.append('\n').append(file).append(' ').append(file.toFile().lastModified()));
      }
    }
    return stamp.toString();
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.filter(path -> !path.equals(folder))::iterator) {
        boolean isFolder = Files.isDirectory(path);
        String name = folder.relativize(path).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
        if (!isFolder) {
          Files.copy(path, out);
        }
        out.closeEntry();
      }
    }
  }

  /** Runs the application through one purchase; as it ends it writes what it has loaded. */
  private static void train(List<String> training) {
    try (Product product = new Product();
        AppProcess app = new AppProcess(product, "training", Map.of(), training)) {
      Api alice = app.awaitReady().as("alice");
      String id = alice.say(null, "Buy a " + PRODUCT).body().at("/calls/0/id").asText();
      product.phoneOf("alice").approve("Do you want to buy 1 " + PRODUCT);
      Product.awaitStatus(alice, id, "ORDERED");
      app.terminate();
      app.exitCodeWithin(WRITING);
    }
  }

  private static List<String> command(String cache, String classPath) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add(cache);
    words.addAll(FRUGAL);
    words.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath,
            DevelopmentApplication.class.getName()));
    return List.copyOf(words);
  }
}
