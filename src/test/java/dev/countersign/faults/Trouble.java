package dev.countersign.faults;

import java.time.Duration;

/** Something that goes wrong at a moment of a run. Applications are counted from 0. */
sealed interface Trouble {

  /** {@code kill -9}; it is launched again after a while. */
  record Kill(int app, Duration down) implements Trouble {}

  /** SIGTERM; it is launched again when it has ended. */
  record Terminate(int app) implements Trouble {}

  /** SIGTERM and a new start, one application after the other. */
  record Roll() implements Trouble {}

  /** An application is stopped where it stands, by SIGSTOP. */
  record FreezeApp(int app, Duration time) implements Trouble {}

  record KillTemporal(Duration down) implements Trouble {}

  record FreezeTemporal(Duration time) implements Trouble {}

  /**
   * The next calls of an endpoint go wrong.
   *
   * @param delay of each answer, if it is a slow one
   */
  record Misbehave(Endpoint endpoint, Misbehaviour how, int times, Duration delay)
      implements Trouble {}

  /** Whatever an application and Temporal say to each other takes longer, each way. */
  record Latency(int app, Duration delay, Duration time) implements Trouble {}

  /** An application's connections to Temporal are closed, and new ones refused for a while. */
  record Drop(int app, Duration time) implements Trouble {}

  /** An application's words to Temporal, or Temporal's to it, don't arrive for a while. */
  record BlackHole(int app, boolean towardsTemporal, Duration time) implements Trouble {}

  /** What the reports call it. */
  default String kind() {
    return switch (this) {
      case Kill _ -> "kill -9 of an application";
      case Terminate _ -> "SIGTERM to an application";
      case Roll _ -> "rolling restart";
      case FreezeApp _ -> "an application frozen (SIGSTOP)";
      case KillTemporal _ -> "kill -9 of Temporal";
      case FreezeTemporal _ -> "Temporal frozen (SIGSTOP)";
      case Misbehave m -> m.endpoint().words + ": " + m.how().words;
      case Latency _ -> "network: latency to Temporal";
      case Drop _ -> "network: connections to Temporal dropped";
      case BlackHole(_, var towards, _) ->
          "network: black hole " + (towards ? "towards" : "from") + " Temporal";
    };
  }
}
