package dev.countersign.devservices.temporal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A server that works on a database though no file beside it says so: a {@code clean} has deleted
 * both under the process, which goes on and keeps its ports.
 *
 * @param id of the process
 * @param owner the JVM that has started it and still runs; empty: that one has ended
 */
record StrayServer(ProcessId id, Optional<ProcessId> owner) {
  /** What a server is started with, before the path of its database. */
  static final String DATABASE = "--db-filename";

  /** Those of this user. */
  static List<StrayServer> on(Path database) {
    return ProcessHandle.allProcesses()
        .filter(process -> worksOn(database, process.info().arguments().orElse(new String[0])))
        .map(process -> new StrayServer(ProcessId.of(process), jvmAbove(process)))
        .toList();
  }

  /** True if another JVM, which still runs, will end it. */
  boolean isSomeoneElses() {
    return owner.filter(jvm -> !jvm.equals(ProcessId.own())).isPresent();
  }

  private static boolean worksOn(Path database, String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i - 1].equals(DATABASE) && arguments[i].equals(database.toString())) {
        return true;
      }
    }
    return false;
  }

  private static Optional<ProcessId> jvmAbove(ProcessHandle process) {
    return process
        .parent()
        .filter(parent ->
            parent
                .info()
                .command()
                .filter(command -> Path.of(command).endsWith("java"))
                .isPresent())
        .map(ProcessId::of);
  }
}
