package dev.countersign.guard;

import java.util.List;

/**
 * What was begun of a call so far, as its history has it.
 *
 * @param types of the activities for the call itself, in their order
 */
record BegunSteps(List<String> types) {
  BegunSteps {
    types = List.copyOf(types);
  }

  /** Nothing, as far as is known. */
  static BegunSteps none() {
    return new BegunSteps(List.of());
  }

  /** Whether nothing has been tried since the method was begun to be run. */
  boolean lastIsRun() {
    return !types.isEmpty() && types.getLast().equals(GuardActivities.RUN);
  }

  /** Whether the method was begun to be run. */
  boolean haveRun() {
    return types.contains(GuardActivities.RUN);
  }

  /** Whether the user was to be asked. */
  boolean haveAsked() {
    return types.stream().anyMatch(type -> !GuardActivities.TYPES.contains(type));
  }
}
