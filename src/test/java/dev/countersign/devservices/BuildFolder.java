package dev.countersign.devservices;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a project's build puts what it makes, and cleans it. */
final class BuildFolder {
  private BuildFolder() {}

  /** Maven's, or else Gradle's. */
  static Path of(Path project) {
    return project.resolve(Files.exists(project.resolve("pom.xml")) ? "target" : "build");
  }
}
