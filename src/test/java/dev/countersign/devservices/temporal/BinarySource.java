package dev.countersign.devservices.temporal;

import java.nio.file.Path;

/** One place where Temporal's command line tool may be found. */
interface BinarySource {

  /** Looks there, fetching what must be fetched; never throws for what a machine may lack. */
  Result look();

  /** What looking came to. */
  sealed interface Result {

    /**
     * The tool is there.
     *
     * @param binary an executable file
     * @param from where it was found, in the user's words
     */
    record Found(Path binary, String from) implements Result {}

    /**
     * It is not.
     *
     * @param why a sentence's rest, such as "no temporal on PATH"
     */
    record Missing(String why) implements Result {}
  }
}
