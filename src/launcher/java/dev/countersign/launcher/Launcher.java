package dev.countersign.launcher;

import java.lang.reflect.InvocationTargetException;

/**
 * What {@code java -jar} runs: says which Java is needed where it is an older one, or else leaves
 * the start to Spring Boot. Compiled for Java 8, so that even that can run it.
 */
public final class Launcher {
  private static final int NEEDED = 25;
  private static final String SPRING_BOOT = "org.springframework.boot.loader.launch.JarLauncher";

  private Launcher() {}

  /** Takes the application's arguments. */
  public static void main(String[] args) throws Throwable {
    int found = feature(System.getProperty("java.specification.version", ""));
    if (found < NEEDED) {
      System.err.println(
          "Countersign needs Java "
              + NEEDED
              + ", but this is Java "
              + found
              + " ("
              + System.getProperty("java.home")
              + "). Install a newer one, such as Temurin's from"
              + " https://adoptium.net/temurin/releases/?version="
              + NEEDED
              + ", and start the jar with its bin/java.");
      System.exit(1);
    }
    try {
      Class.forName(SPRING_BOOT).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** 8 of {@code 1.8}, 25 of {@code 25}; 0: no version. */
  private static int feature(String version) {
    String number = version.startsWith("1.") ? version.substring(2) : version;
    return number.matches("[0-9]+") ? Integer.parseInt(number) : 0;
  }
}
