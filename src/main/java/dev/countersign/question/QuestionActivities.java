package dev.countersign.question;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Finds out what has become of questions: those who ask don't tell. */
@ActivityInterface
public interface QuestionActivities {
  /** How workflows stand that have asked, in the order in which they have ended. */
  @ActivityMethod(name = "LookAtQuestions")
  List<Seen> look(List<String> ids);

  /** The same once one of them has ended; fails before, to be tried again. */
  @ActivityMethod(name = "AwaitAnswer")
  List<Seen> awaitAnswer(List<String> ids);
}
