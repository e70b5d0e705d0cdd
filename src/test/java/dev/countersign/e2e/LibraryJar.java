package dev.countersign.e2e;

import com.example.bank.BankApplication;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of a stranger's application: the library without our own application, and theirs.
 */
final class LibraryJar {
  private static final List<String> APPLICATION =
      List.of("dev/countersign/app/", "static/", "application.yaml");

  /** Temporal's, without which the library works too. */
  private static final String STARTER = "temporal-spring-boot-";

  private LibraryJar() {}

  /** The command that starts a stranger's application, without its arguments. */
  static List<String> command(Path folder) {
    List<String> classPath = new ArrayList<>();
    classPath.add(
        packed(
            Path.of("target", "classes"), folder.resolve("countersign.jar"), LibraryJar::isOurs));
    classPath.add(
        packed(
            Path.of("target", "test-classes"),
            folder.resolve("bank.jar"),
            name -> name.startsWith("com/example/bank/")));
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.endsWith(".jar"))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(STARTER))
        .forEach(classPath::add);
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        String.join(File.pathSeparator, classPath),
        BankApplication.class.getName());
  }

  private static boolean isOurs(String name) {
    return APPLICATION.stream().noneMatch(name::startsWith);
  }

  private static String packed(Path classes, Path jar, Predicate<String> chosen) {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(classes)) {
      for (Path path : (Iterable<Path>) paths.filter(each -> !each.equals(classes))::iterator) {
        boolean isFolder = Files.isDirectory(path); // by which Spring finds what is below
        String name = classes.relativize(path).toString().replace(File.separatorChar, '/');
        if (isFolder || chosen.test(name)) {
          out.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
          if (!isFolder) {
            Files.copy(path, out);
          }
          out.closeEntry();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar.toAbsolutePath().toString();
  }
}
