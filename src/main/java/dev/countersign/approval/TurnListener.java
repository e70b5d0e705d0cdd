package dev.countersign.approval;

import io.temporal.workflow.SignalMethod;

/**
 * What any workflow hears that waits in line before its user is asked. The name lives in workflow
 * histories.
 */
public interface TurnListener {
  /** Type of {@link #turnHasCome}. */
  String TURN = "QuestionTurn";

  /** Those before it are answered. */
  @SignalMethod(name = TURN)
  void turnHasCome();
}
